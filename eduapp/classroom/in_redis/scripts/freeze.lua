-- Let who comes now wait; nothing where the class is not here. KEYS class.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'frozen', 1) end
