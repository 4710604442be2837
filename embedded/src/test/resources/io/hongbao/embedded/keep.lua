-- Keeps a value.
--
-- KEYS[1]  string  the value
-- ARGV[1]  string  the value
--
-- Returns 1.

redis.call('SET', KEYS[1], ARGV[1])
return 1
