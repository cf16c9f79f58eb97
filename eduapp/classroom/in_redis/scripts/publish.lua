-- Let every process see what an act changed. KEYS class, members, waiting, shared;
-- ARGV seconds to live, then field and value in turn. Returns the new stamp.
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
local stamp = redis.call('HINCRBY', KEYS[1], 'stamp', 1)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
return stamp
