-- How many ballots and seats there were when they were counted last: every few seconds, never once
-- the urn is closed. KEYS urn, seals; ARGV now, seats, seconds between two counts, options.
local last = redis.call('HMGET', KEYS[1], 'counted', 'counted_seats', 'counted_at', 'closed')
if last[1] and (last[4] ~= '0' or tonumber(ARGV[1]) - tonumber(last[3]) < tonumber(ARGV[3])) then
  return { tonumber(last[1]), tonumber(last[2]) }
end
local ballots = redis.call('HLEN', KEYS[2]) + tonumber(redis.call('HGET', KEYS[1], 'unsealed') or 0)
for option = 0, tonumber(ARGV[4]) - 1 do
  ballots = ballots + tonumber(redis.call('HGET', KEYS[1], 'paper:' .. option) or 0)
end
if last[4] then
  redis.call('HSET', KEYS[1], 'counted', ballots, 'counted_seats', ARGV[2], 'counted_at', ARGV[1])
end
return { ballots, tonumber(ARGV[2]) }
