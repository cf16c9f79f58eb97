-- Return the token of a device's turn, a new one if it holds none; nothing if no seat is left.
-- KEYS turns; ARGV mark of the device, a fresh token.
local held = redis.call('HGET', KEYS[1], 'held:' .. ARGV[1])
if held then return held end
if tonumber(redis.call('HGET', KEYS[1], 'left') or 0) <= 0 then return false end
redis.call('HINCRBY', KEYS[1], 'left', -1)
redis.call('HSET', KEYS[1], 'held:' .. ARGV[1], ARGV[2])
return ARGV[2]
