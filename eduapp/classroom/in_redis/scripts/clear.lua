-- Forget every seat. KEYS class, members, waiting, shared.
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'frozen', 0, 'devices', 0) end
