-- Put the counted slips in the place of earlier counts. KEYS urn; ARGV a count for each option.
-- Returns 'sent' or 'closed'.
if redis.call('HGET', KEYS[1], 'closed') ~= '0' then return 'closed' end
for option = 1, #ARGV do redis.call('HSET', KEYS[1], 'paper:' .. option - 1, ARGV[option]) end
return 'sent'
