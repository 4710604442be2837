-- Notes that a room's group is made, where there is such a room.
--
-- KEYS[1]  room  hash  see enter_room.lua
--
-- Returns nothing. The same again changes nothing.

local room = KEYS[1]

if redis.call('HEXISTS', room, 'over') == 1 and redis.call('HSETNX', room, 'group', '1') == 1 then
  redis.call('HINCRBY', room, 'version', 1)
end
