-- Lets somebody out of a room, and keeps earlier requests of theirs that come late from letting
-- them in again.
--
-- KEYS[1]  room  hash  see enter_room.lua
-- ARGV[1]  user        id
-- ARGV[2]  generation  38 digits, compared as text
-- ARGV[3]  keep        integer  ms, how long a key lives that is made by this
--
-- Returns an integer:
--   1 LEFT    this request let them out
--   2 ABSENT  they were not in
--   3 STAYED  a later request of theirs is known: it stands
-- The same again gets the same result and changes nothing.

local room, user, generation, keep = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
local LEFT, ABSENT, STAYED = 1, 2, 3
local NEVER = string.rep('0', 38) -- the arrival of who was not in

local state, arrival, last
local known = redis.call('HGET', room, user)
if known then
  state, arrival, last = string.match(known, '^(%a+) (%d+) (%d+)$')
  if last > generation then
    return STAYED
  elseif state == 'out' and last == generation then
    return arrival == NEVER and ABSENT or LEFT
  end
end

if state == 'in' then
  redis.call('HSET', room, user, 'out ' .. arrival .. ' ' .. generation)
  redis.call('HINCRBY', room, 'version', 1)
  return LEFT
end
redis.call('HSET', room, user, 'out ' .. NEVER .. ' ' .. generation)
if redis.call('PTTL', room) < 0 then
  redis.call('PEXPIRE', room, keep)
end
return ABSENT
