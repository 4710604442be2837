-- Lets somebody into a room.
--
-- KEYS[1]  room  hash  "over": when it is over (epoch ms); "version": the number of its changes;
--                      "group": "1" once its group is made;
--                      user id: "in" or "out", the generation of their arrival, the generation of
--                      the last request about them
-- ARGV[1]  user        id
-- ARGV[2]  generation  38 digits, compared as text; of two requests of a user the later is larger
-- ARGV[3]  over        integer  epoch ms, when the room is over
-- ARGV[4]  keep        integer  ms, how long the key lives at least
-- ARGV[5]  people      integer  the most people a room knows, those who have left it included
--
-- Returns {result, field, value, field, value, …} with the room as it is then; the result is
--   1 ENTERED    this request let them in
--   2 WAITING    they were in before
--   3 OVERTAKEN  a later request of theirs has let them out: they stay out
--   4 FULL       the room takes nobody more
-- The same again gets the same result and changes nothing.

local room, user, generation = KEYS[1], ARGV[1], ARGV[2]
local over, keep, people = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local ENTERED, WAITING, OVERTAKEN, FULL = 1, 2, 3, 4

local function people_known()
  return redis.call('HLEN', room) - redis.call('HEXISTS', room, 'over')
    - redis.call('HEXISTS', room, 'version') - redis.call('HEXISTS', room, 'group')
end

local function answer(result)
  local answered = redis.call('HGETALL', room)
  table.insert(answered, 1, result)
  return answered
end

local state, arrival, last
local known = redis.call('HGET', room, user)
if known then
  state, arrival, last = string.match(known, '^(%a+) (%d+) (%d+)$')
end

if state == 'in' then
  if last < generation then
    redis.call('HSET', room, user, 'in ' .. arrival .. ' ' .. generation)
  end
  return answer(arrival == generation and ENTERED or WAITING)
elseif state == 'out' and last >= generation then
  return answer(OVERTAKEN)
elseif not known and people_known() >= people then
  return answer(FULL)
end

redis.call('HSET', room, 'over', over, user, 'in ' .. generation .. ' ' .. generation)
redis.call('HINCRBY', room, 'version', 1)
if redis.call('PTTL', room) < keep then
  redis.call('PEXPIRE', room, keep)
end
return answer(ENTERED)
