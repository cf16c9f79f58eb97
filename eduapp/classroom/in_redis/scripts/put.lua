-- Put the ballot of one seat in the place of its earlier one: all or nothing (privacy R2).
-- KEYS urn, members; ARGV mark in the roster, mark in the urn, position from 0, and the seal of each
-- option. Returns 'sent', 'closed', 'not_admitted'; 'lost' where the urn is not here.
-- The same commands run whichever option is chosen and whether or not the seat answered before: who has
-- not takes one from a field that nobody reads.
local urn = redis.call('HMGET', KEYS[1], 'closed', ARGV[2])
if not urn[1] then return 'lost' end
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 0 then return 'not_admitted' end
if urn[1] == '1' then return 'closed' end
local earlier = 'none'
for option = 4, #ARGV do
  if urn[2] == ARGV[option] then earlier = option - 4 end
end
redis.call('HINCRBY', KEYS[1], 'count:' .. earlier, -1)
redis.call('HINCRBY', KEYS[1], 'count:' .. ARGV[3], 1)
redis.call('HSET', KEYS[1], ARGV[2], ARGV[ARGV[3] + 4])
return 'sent'
