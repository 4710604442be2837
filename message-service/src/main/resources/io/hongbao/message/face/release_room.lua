-- Forgets a claim on a room that somebody has left.
--
-- KEYS[1]  claims  hash  see claim_room.lua
-- ARGV[1]  room        "code:id"
-- ARGV[2]  generation  38 digits, compared as text
--
-- Returns an integer: 1 RELEASED, also where there was no claim; 2 KEPT, where a later request has
-- claimed the room. The same again gets the same answer and changes nothing.

local claims, room, generation = KEYS[1], ARGV[1], ARGV[2]
local RELEASED, KEPT = 1, 2

local last = redis.call('HGET', claims, 'last')
if last and last < generation then
  redis.call('HSET', claims, 'last', generation)
end
local held = redis.call('HGET', claims, room)
if held and held > generation then
  return KEPT
end
redis.call('HDEL', claims, room)
return RELEASED
