-- How a device stands; changes nothing. KEYS members, waiting, shared; ARGV mark.
for place, standing in ipairs({ 'member', 'waiting', 'shared' }) do
  if redis.call('SISMEMBER', KEYS[place], ARGV[1]) == 1 then return standing end
end
return 'stranger'
