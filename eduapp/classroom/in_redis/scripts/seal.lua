-- Keep the release that was drawn first, forget the counts, the marks and the seals, and return the
-- release that stands. KEYS urn, turns; ARGV release.
local urn = redis.call('HMGET', KEYS[1], 'closed', 'release', 'counted', 'counted_seats')
if not urn[1] then return false end
if urn[2] then return urn[2] end
local seconds = redis.call('TTL', KEYS[1])
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[1], 'closed', 1, 'release', ARGV[1], 'counted', urn[3] or 0,
  'counted_seats', urn[4] or 0, 'counted_at', 0)
redis.call('EXPIRE', KEYS[1], seconds)
return ARGV[1]
