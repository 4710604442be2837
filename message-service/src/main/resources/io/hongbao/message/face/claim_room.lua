-- Notes that somebody is about to wait in a room, before they are let in: whatever happens then,
-- the next request of theirs knows where they may be.
--
-- KEYS[1]  claims  hash  room ("code:id"): generation of the last request to wait there;
--                        "last": the largest generation of theirs so far
-- ARGV[1]  room        "code:id"
-- ARGV[2]  generation  38 digits, compared as text
-- ARGV[3]  keep        integer  ms, how long the key lives at least
--
-- Returns {field, value, field, value, …} with all of the hash, this claim included.
-- The same again gets the same answer and changes nothing.

local claims, room, generation, keep = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])

for _, field in ipairs({room, 'last'}) do
  local held = redis.call('HGET', claims, field)
  if not held or held < generation then
    redis.call('HSET', claims, field, generation)
  end
end
if redis.call('PTTL', claims) < keep then
  redis.call('PEXPIRE', claims, keep)
end
return redis.call('HGETALL', claims)
