-- Admit a device that goes round. KEYS class, members, waiting, shared;
-- ARGV mark, mark of the seat it had or '', seconds to live. Returns 'shared', 'full' or nothing.
local places = redis.call('HGET', KEYS[1], 'places')
if not places then return false end
local was_in, there = 0, 0
for place = 2, 4 do
  was_in = was_in + redis.call('SISMEMBER', KEYS[place], ARGV[2])
  there = there + redis.call('SCARD', KEYS[place])
end
if was_in == 0 and there >= tonumber(places) then return 'full' end
for place = 2, 4 do redis.call('SREM', KEYS[place], ARGV[2]) end
redis.call('SADD', KEYS[4], ARGV[1])
redis.call('EXPIRE', KEYS[4], ARGV[3])
redis.call('HSET', KEYS[1], 'joined', 1)
return 'shared'
