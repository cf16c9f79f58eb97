-- Keep the release that was drawn first, forget the counts, the marks and the seals, and return the
-- release that stands. KEYS urn, seals, turns; ARGV release, options.
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
redis.call('HSETNX', KEYS[1], 'release', ARGV[1])
for option = 0, tonumber(ARGV[2]) - 1 do
  redis.call('HDEL', KEYS[1], 'count:' .. option, 'paper:' .. option)
end
redis.call('HDEL', KEYS[1], 'nonce', 'unsealed')
redis.call('DEL', KEYS[2], KEYS[3])
return redis.call('HGET', KEYS[1], 'release')
