-- Counts a hit against a limit, or asks whether one would go through. The rules are those of Limit.
--
-- KEYS[1]  hash: the number of hits by step of time; "closed", until when (epoch ms);
--          "hit" and "wait", the last hit and its answer
-- ARGV[1]  now     integer  epoch ms, the caller's clock
-- ARGV[2]  max     integer  hits
-- ARGV[3]  window  integer  ms
-- ARGV[4]  step    integer  ms
-- ARGV[5]  close   integer  ms, 0 where it ends with the oldest hit
-- ARGV[6]  hit     string   unique for each hit; empty asks only
--
-- Returns an integer: 0 where the hit goes through (and is counted), else for how many ms it is
-- refused (and not counted). The same hit again gets the same answer and counts once.
-- The key lives as long as anything in it counts.

local key, hit = KEYS[1], ARGV[6]
local now, max = tonumber(ARGV[1]), tonumber(ARGV[2])
local window, step, close = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local function integer(number)
  return string.format('%.0f', number)
end

local state = redis.call('HGETALL', key)
local kept, past, closed, hits, oldest_end = {}, {}, 0, 0, nil
for i = 1, #state, 2 do
  local field, value = state[i], state[i + 1]
  local number = tonumber(field)
  if not number then
    kept[field] = value
  else
    local last = (number + 1) * step - 1 + window
    if last <= now then
      past[#past + 1] = field
    else
      hits = hits + tonumber(value)
      oldest_end = math.min(oldest_end or last, last)
    end
  end
end

if hit ~= '' and kept['hit'] == hit then
  return tonumber(kept['wait'])
end

local wait = 0
if tonumber(kept['closed'] or 0) > now then
  wait = tonumber(kept['closed']) - now
elseif hits >= max then
  wait = oldest_end - now
end

if hit ~= '' then
  if #past > 0 then
    redis.call('HDEL', key, unpack(past))
  end
  if wait == 0 then
    redis.call('HINCRBY', key, integer(math.floor(now / step)), 1)
    if close > 0 and hits + 1 >= max then
      redis.call('HSET', key, 'closed', integer(now + close))
    end
  end
  redis.call('HSET', key, 'hit', hit, 'wait', integer(wait))
  redis.call('PEXPIRE', key, integer(math.max(window + step, close)))
end
return wait
