-- Notes that a room's group is made.
--
-- KEYS[1]  room  hash  see enter_room.lua
--
-- Returns an integer: 1 MARKED, also where it was before; 2 GONE, where there is no such room.
-- The same again gets the same answer and changes nothing.

local room = KEYS[1]
local MARKED, GONE = 1, 2

if redis.call('HEXISTS', room, 'over') == 0 then
  return GONE
end
if redis.call('HSETNX', room, 'group', '1') == 1 then
  redis.call('HINCRBY', room, 'version', 1)
end
return MARKED
