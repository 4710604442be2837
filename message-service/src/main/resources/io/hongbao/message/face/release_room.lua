-- Forgets a claim on a room that somebody has left, unless a later request has claimed it.
--
-- KEYS[1]  claims  hash  see claim_room.lua
-- ARGV[1]  room        "code:id"
-- ARGV[2]  generation  38 digits, compared as text
--
-- Returns nothing. The same again changes nothing.

local claims, room, generation = KEYS[1], ARGV[1], ARGV[2]

local last = redis.call('HGET', claims, 'last')
if last and last < generation then
  redis.call('HSET', claims, 'last', generation)
end
local held = redis.call('HGET', claims, room)
if held and held <= generation then
  redis.call('HDEL', claims, room)
end
