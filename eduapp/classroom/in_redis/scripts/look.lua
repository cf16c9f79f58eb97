-- What a look needs to know of a class session; the device number moves here, once for all processes.
-- KEYS class, members; ARGV now, 1 if a device follows, seconds between two device numbers,
-- seconds between two marks of following. Returns stamp, devices, joined, followed_at; or nothing.
local class = redis.call('HMGET', KEYS[1], 'stamp', 'devices', 'devices_at', 'joined', 'followed_at')
if not class[1] then return false end
local now = tonumber(ARGV[1])
if now - tonumber(class[3]) >= tonumber(ARGV[3]) then
  local there = redis.call('SCARD', KEYS[2])
  if there ~= tonumber(class[2]) then
    redis.call('HSET', KEYS[1], 'devices', there, 'devices_at', ARGV[1])
    class[2] = there
  end
end
if ARGV[2] == '1' and now - tonumber(class[5]) >= tonumber(ARGV[4]) then
  redis.call('HSET', KEYS[1], 'followed_at', ARGV[1])
  class[5] = ARGV[1]
end
return { class[1], tonumber(class[2]), class[4], class[5] }
