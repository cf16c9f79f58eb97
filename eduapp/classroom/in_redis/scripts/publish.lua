-- Let every process see what an act changed. KEYS class, members, waiting, shared, lock;
-- ARGV token of the lock or '', 1 if the class is new here, seconds to live, then field and value in turn.
-- Returns the new stamp; nothing where the lock is another's by now, or the class was forgotten meanwhile.
if ARGV[1] ~= '' and redis.call('GET', KEYS[5]) ~= ARGV[1] then return false end
if ARGV[2] == '0' and redis.call('EXISTS', KEYS[1]) == 0 then return false end
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
local stamp = redis.call('HINCRBY', KEYS[1], 'stamp', 1)
for place = 1, 4 do redis.call('EXPIRE', KEYS[place], ARGV[3]) end
return stamp
