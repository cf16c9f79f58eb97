-- How many ballots and seats there were when they were counted last: every few seconds, never once
-- the urn is closed. KEYS urn; ARGV now, seats, seconds between two counts, options.
local last = redis.call('HMGET', KEYS[1], 'counted', 'counted_seats', 'counted_at', 'closed')
if last[1] and (last[4] ~= '0' or ARGV[1] - last[3] < tonumber(ARGV[3])) then
  return { tonumber(last[1]), tonumber(last[2]) }
end
local ballots = 0
for option = 0, ARGV[4] - 1 do
  local both = redis.call('HMGET', KEYS[1], 'count:' .. option, 'paper:' .. option)
  ballots = ballots + (both[1] or 0) + (both[2] or 0)
end
if last[4] then
  redis.call('HSET', KEYS[1], 'counted', ballots, 'counted_seats', ARGV[2], 'counted_at', ARGV[1])
end
return { ballots, tonumber(ARGV[2]) }
