"""What must happen in Redis in one step, so that a job is in the hands of one worker and ends once."""

TAKE = """
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
if redis.call('EXISTS', KEYS[2]) == 1 then return -1 end
local try = tonumber(redis.call('HGET', KEYS[1], 'try') or '0') + 1
if try > tonumber(redis.call('HGET', KEYS[1], 'tries')) then return 0 end
redis.call('HSET', KEYS[1], 'try', try)
redis.call('SET', KEYS[2], try, 'EX', ARGV[1])
return try
"""
"""Take a job: the number of this try, 0 where there is nothing to do, -1 where somebody else holds it."""
TELL = """
if redis.call('HGET', KEYS[1], 'try') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'told', ARGV[4]) end
if ARGV[5] == 'ended' then
  redis.call('HSET', KEYS[1], 'ended', 1)
  if ARGV[6] ~= '' then redis.call('SET', KEYS[3], ARGV[6], 'EX', ARGV[3]) end
  redis.call('DEL', KEYS[2])
end
return 1
"""
"""Say how far a job is, as its present try alone may: 0 where it was stopped, has ended or is another's now."""
