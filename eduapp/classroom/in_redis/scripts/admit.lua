-- Admit a device. KEYS class, members, waiting, shared; ARGV mark, seconds to live.
-- Returns its standing, 'full', or nothing where the class is not here.
local class = redis.call('HMGET', KEYS[1], 'places', 'frozen')
if not class[1] then return false end
for place, standing in pairs({ [2] = 'member', [3] = 'waiting', [4] = 'shared' }) do
  if redis.call('SISMEMBER', KEYS[place], ARGV[1]) == 1 then return standing end
end
local there = 0
for place = 2, 4 do there = there + redis.call('SCARD', KEYS[place]) end
if there >= tonumber(class[1]) then return 'full' end
local place = class[2] == '1' and 3 or 2
redis.call('SADD', KEYS[place], ARGV[1])
redis.call('EXPIRE', KEYS[place], ARGV[2])
redis.call('HSET', KEYS[1], 'joined', 1)
return place == 3 and 'waiting' or 'member'
