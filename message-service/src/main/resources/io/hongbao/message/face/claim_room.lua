-- Notes that somebody is about to wait in a room, before they are let in: whatever happens then,
-- the next request of theirs knows where they may be.
--
-- KEYS[1]  claims  hash  room ("code:id"): generation of the last request to wait there
-- ARGV[1]  room        "code:id"
-- ARGV[2]  generation  19 digits, compared as text
-- ARGV[3]  keep        integer  ms, how long the key lives at least
--
-- Returns {room, generation, room, generation, …} with all claims of theirs, this one included.
-- The same again gets the same answer and changes nothing.

local claims, room, generation, keep = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])

local held = redis.call('HGET', claims, room)
if not held or held < generation then
  redis.call('HSET', claims, room, generation)
end
if redis.call('PTTL', claims) < keep then
  redis.call('PEXPIRE', claims, keep)
end
return redis.call('HGETALL', claims)
