-- Drop the ballot of a turn into the urn and end the turn; one that is over changes nothing.
-- KEYS urn, turns; ARGV mark of the device, token, position from 0.
-- Returns 'sent' or 'closed'.
local done = 'done:' .. ARGV[2]
if redis.call('HEXISTS', KEYS[2], done) == 1 then return 'sent' end
if redis.call('HGET', KEYS[2], 'held:' .. ARGV[1]) ~= ARGV[2] then return 'closed' end
if redis.call('HGET', KEYS[1], 'closed') ~= '0' then return 'closed' end
redis.call('HINCRBY', KEYS[1], 'count:' .. ARGV[3], 1)
redis.call('HDEL', KEYS[2], 'held:' .. ARGV[1])
redis.call('HSET', KEYS[2], done, 1)
return 'sent'
