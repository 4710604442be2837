package io.hongbao.message.account;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import java.util.List;
import java.util.UUID;

/// The counts of all processes, in Redis: `limit.lua`. Blocks; throws `RedisException` where Redis
/// is away.
final class RedisLimits implements LimitCounter {

  private static final String ASK = "";

  private final LuaScript<Long> script;

  RedisLimits(Redis redis) {
    this.script = LuaScript.returningInteger(redis, RedisLimits.class, "limit.lua");
  }

  @Override
  public long hit(Limit limit, String subject, long nowMs) {
    return run(limit, subject, nowMs, UUID.randomUUID().toString());
  }

  @Override
  public long ask(Limit limit, String subject, long nowMs) {
    return run(limit, subject, nowMs, ASK);
  }

  /// The key in Redis of a count.
  static String key(Limit limit, String subject) {
    return "{limit:" + limit.name() + ":" + subject + "}";
  }

  long run(Limit limit, String subject, long nowMs, String hit) {
    return script.run(
        List.of(key(limit, subject)),
        Long.toString(nowMs),
        Integer.toString(limit.hitsMax()),
        Long.toString(limit.window().toMillis()),
        Long.toString(limit.step().toMillis()),
        Long.toString(limit.close().toMillis()),
        hit);
  }
}
