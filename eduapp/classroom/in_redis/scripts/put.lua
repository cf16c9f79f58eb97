-- Put the ballot of one seat in the place of its earlier one: all or nothing (privacy R2).
-- KEYS urn, seals, members; ARGV mark in the roster, mark in the urn, position from 0, and the seal
-- of each option. Returns 'sent', 'closed', 'not_admitted'; 'lost' where the urn is not here.
-- The same commands run whichever option is chosen and whether or not the seat answered before.
local state = redis.call('HGET', KEYS[1], 'closed')
if not state then return 'lost' end
if redis.call('SISMEMBER', KEYS[3], ARGV[1]) == 0 then return 'not_admitted' end
if state == '1' then return 'closed' end
local earlier = redis.call('HGET', KEYS[2], ARGV[2])
for option = 0, #ARGV - 4 do
  local change = 0
  if earlier == ARGV[option + 4] then change = change - 1 end
  if ARGV[3] == tostring(option) then change = change + 1 end
  redis.call('HINCRBY', KEYS[1], 'count:' .. option, change)
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[tonumber(ARGV[3]) + 4])
redis.call('EXPIRE', KEYS[2], redis.call('TTL', KEYS[1]))
return 'sent'
