-- Hands out tickets to ask for a place, one to each user. A ticket is no place: MySQL decides.
--
-- KEYS[1]    hash    epoch (integer), tickets (integer), final (0 open, 1 empty, 2 expired)
-- KEYS[2]    set     users who hold a ticket or a place
-- ARGV[1..]  string  the users' ids, in decimal digits, in the order in which they came
--
-- Returns {epoch, result, ...}, a result for each user:
--   0 not loaded  nothing is known here: ask MySQL
--   1 ticket      the user holds a ticket or a place; asking again says so again
--   2 empty       every place is another's, for ever
--   3 busy        no ticket is left, but not every place is known to be taken
--   4 expired     the time is over
-- Run twice with the same users, it hands out one ticket to each.

local meta, users = KEYS[1], KEYS[2]

local state = redis.call('HMGET', meta, 'epoch', 'tickets', 'final')
local loaded = state[1]
local left, final = tonumber(state[2]), state[3]
local given = 0

local function result(user)
  if not loaded then
    return 0
  end
  if final == '0' and left > given then
    given = given + redis.call('SADD', users, user)
    return 1
  end
  if redis.call('SISMEMBER', users, user) == 1 then
    return 1
  end
  if final == '1' then
    return 2
  end
  if final == '2' then
    return 4
  end
  return 3
end

local answer = {loaded and tonumber(loaded) or 0}
for i, user in ipairs(ARGV) do
  answer[i + 1] = result(user)
end
if given > 0 then
  redis.call('HINCRBY', meta, 'tickets', -given)
  redis.call('PEXPIRE', users, math.max(1, redis.call('PTTL', meta)))
end
return answer
