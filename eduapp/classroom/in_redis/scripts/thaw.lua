-- Let in who waited. KEYS class, members, waiting; ARGV seconds to live.
redis.call('SUNIONSTORE', KEYS[2], KEYS[2], KEYS[3])
redis.call('EXPIRE', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[1], 'frozen', 0)
