-- Hands out a ticket to ask for a place, once to each user. A ticket is no place: MySQL decides.
--
-- KEYS[1]  hash    epoch (integer), tickets (integer), final (0 open, 1 empty, 2 expired)
-- KEYS[2]  set     users who hold a ticket or a place
-- ARGV[1]  string  the user's id, in decimal digits
--
-- Returns {result, epoch}:
--   0 not loaded  nothing is known here: ask MySQL
--   1 ticket      the user holds a ticket or a place; asking again says so again
--   2 empty       every place is another's, for ever
--   3 busy        no ticket is left, but not every place is known to be taken
--   4 expired     the time is over
-- Run twice with the same user, it hands out one ticket.

local meta, users = KEYS[1], KEYS[2]
local user = ARGV[1]

local state = redis.call('HMGET', meta, 'epoch', 'tickets', 'final')
if not state[1] then
  return {0, 0}
end
local epoch = tonumber(state[1])

if redis.call('SISMEMBER', users, user) == 1 then
  return {1, epoch}
end
if state[3] == '1' then
  return {2, epoch}
end
if state[3] == '2' then
  return {4, epoch}
end
if tonumber(state[2]) <= 0 then
  return {3, epoch}
end

redis.call('HINCRBY', meta, 'tickets', -1)
redis.call('SADD', users, user)
redis.call('PEXPIRE', users, math.max(1, redis.call('PTTL', meta)))
return {1, epoch}
