-- Gives back a ticket that led to no place: its user may not have one.
--
-- KEYS[1]  hash     epoch, tickets, final, as in grab.lua
-- KEYS[2]  set      users, as in grab.lua
-- ARGV[1]  string   the user's id
-- ARGV[2]  integer  epoch of the filling that the ticket is of
--
-- Returns 1 where it was given back, 0 where it was not there or is of another filling. Run twice,
-- it gives back one ticket.

local meta, users = KEYS[1], KEYS[2]
local user, epoch = ARGV[1], ARGV[2]

if redis.call('HGET', meta, 'epoch') ~= epoch then
  return 0
end
if redis.call('SREM', users, user) == 0 then
  return 0
end
redis.call('HINCRBY', meta, 'tickets', 1)
return 1
