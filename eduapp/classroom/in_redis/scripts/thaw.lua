-- Let in who waited; nothing where the class is not here. KEYS class, members, waiting; ARGV seconds to live.
if redis.call('EXISTS', KEYS[1]) == 0 then return end
redis.call('SUNIONSTORE', KEYS[2], KEYS[2], KEYS[3])
redis.call('EXPIRE', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[1], 'frozen', 0)
