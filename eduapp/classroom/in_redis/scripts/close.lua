-- Take no ballot any more and return the release if one is drawn, else the counts in option order.
-- KEYS urn; ARGV options. Counts stay until the release is here: who closes may be cut off.
local urn = redis.call('HMGET', KEYS[1], 'closed', 'release')
if not urn[1] then return false end
redis.call('HSET', KEYS[1], 'closed', 1)
if urn[2] then return urn[2] end
local counts = {}
for option = 0, ARGV[1] - 1 do
  local both = redis.call('HMGET', KEYS[1], 'count:' .. option, 'paper:' .. option)
  counts[option + 1] = (both[1] or 0) + (both[2] or 0)
end
return counts
