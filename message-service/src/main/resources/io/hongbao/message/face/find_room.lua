-- Finds the room of a code for somebody who stands somewhere, or opens it.
--
-- KEYS[1]  places   geo      room id: where its first entrant stood
-- KEYS[2]  nowhere  string   id of the room of those who don't say where they are
-- KEYS[3]  ends     zset     room id: when it is over (epoch ms), of all rooms of the code
-- ARGV[1]  now        integer  epoch ms, the caller's clock
-- ARGV[2]  room       id       of the room that is opened where there is none
-- ARGV[3]  over       integer  epoch ms, when that room will be over
-- ARGV[4]  keep       integer  ms, how long the keys live at least
-- ARGV[5]  held       id       of the room that they wait in now, or empty
-- ARGV[6]  longitude  number   degrees, or empty
-- ARGV[7]  latitude   number   degrees, or empty
-- ARGV[8]  radius     number   metres
-- ARGV[9]  swept      integer  the most rooms that are over to be swept out
--
-- Returns {room id, when it is over}. Of several rooms near enough it is the one they wait in, else
-- the nearest. The same again gets the same answer: what was opened is found.

local places, nowhere, ends = KEYS[1], KEYS[2], KEYS[3]
local now, room, over, keep, held = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local longitude, latitude, radius, swept = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

local function keep_alive(key)
  if redis.call('PTTL', key) < keep then
    redis.call('PEXPIRE', key, keep)
  end
end

local function end_of(id)
  local score = redis.call('ZSCORE', ends, id)
  return score and tonumber(score) > now and score
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, swept)) do
  redis.call('ZREM', ends, id)
  redis.call('ZREM', places, id)
end

local candidates
if longitude == '' then
  candidates = {redis.call('GET', nowhere) or nil}
else
  candidates =
    redis.call('GEOSEARCH', places, 'FROMLONLAT', longitude, latitude, 'BYRADIUS', radius, 'm', 'ASC')
end

local found
for _, id in ipairs(candidates) do
  if end_of(id) and (not found or id == held) then
    found = id
  end
end
if found then
  return {found, end_of(found)}
end

redis.call('ZADD', ends, over, room)
keep_alive(ends)
if longitude == '' then
  redis.call('SET', nowhere, room, 'PX', keep)
else
  redis.call('GEOADD', places, longitude, latitude, room)
  keep_alive(places)
end
return {room, over}
