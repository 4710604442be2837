-- Fills the tickets of a packet from what MySQL has committed.
--
-- KEYS[1]    hash     epoch, tickets, final, as in grab.lua
-- KEYS[2]    set      users, as in grab.lua
-- ARGV[1]    integer  epoch of this filling
-- ARGV[2]    integer  tickets: places that are not taken
-- ARGV[3]    integer  final: 0 open, 1 empty, 2 expired
-- ARGV[4]    integer  milliseconds after which all of it may go
-- ARGV[5..]  string   ids of the users who have a place
--
-- Returns 1 where it was taken over, 0 where what is here is newer. What is final stays so; the
-- final filling of an epoch replaces the open one. Run twice, the second changes nothing.

local meta, users = KEYS[1], KEYS[2]
local epoch, tickets, final, ttl = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]

local held = redis.call('HMGET', meta, 'epoch', 'final')
if held[1] then
  if held[2] ~= '0' or tonumber(held[1]) > epoch then
    return 0
  end
  if tonumber(held[1]) == epoch and final == '0' then
    return 0
  end
end

redis.call('DEL', meta, users)
redis.call('HSET', meta, 'epoch', epoch, 'tickets', tickets, 'final', final)
redis.call('PEXPIRE', meta, ttl)
if #ARGV > 4 then
  for i = 5, #ARGV, 1000 do
    redis.call('SADD', users, unpack(ARGV, i, math.min(i + 999, #ARGV)))
  end
  redis.call('PEXPIRE', users, ttl)
end
return 1
