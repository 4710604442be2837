package io.hongbao.message.conversation;

import io.hongbao.common.redis.Redis;
import io.lettuce.core.ExpireArgs;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps tallies in Redis: one hash a user, `unread:{userId}`, one field a group.
///
/// A value says what it was made for (last entry, read mark, join point); for any other head it is
/// a miss, so nothing has to be thrown away and nothing stale is ever taken. A hash lives for
/// [#LIFETIME] from its first field on. Where Redis is away every question is a miss and nothing is
/// asked for [#PAUSE]; the log of the server says so once for each outage.
final class UnreadCache {

  static final Duration LIFETIME = Duration.ofDays(1);
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// Fields of one command.
  static final int FIELDS_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(UnreadCache.class);

  private final Redis redis;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong nextTryNanos = new AtomicLong(System.nanoTime());

  UnreadCache(Redis redis) {
    this.redis = redis;
  }

  /// For each of the user's heads its tally, or null where it is not known. Waits for Redis.
  List<@Nullable Tally> get(long userId, List<Head> heads) {
    var tallies = new ArrayList<@Nullable Tally>(heads.size());
    for (int from = 0; from < heads.size(); from += FIELDS_MAX) {
      List<Head> part = heads.subList(from, Math.min(heads.size(), from + FIELDS_MAX));
      List<@Nullable String> values = values(userId, part);
      for (int i = 0; i < part.size(); i++) {
        tallies.add(CachedTally.read(values.get(i), part.get(i)));
      }
    }
    return tallies;
  }

  /// Keeps the tallies of the user's heads. Waits for nothing.
  void put(long userId, List<Head> heads, List<Tally> tallies) {
    if (heads.isEmpty() || isPausing()) {
      return;
    }
    try {
      RedisAsyncCommands<String, String> commands = redis.async();
      for (int from = 0; from < heads.size(); from += FIELDS_MAX) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < Math.min(heads.size(), from + FIELDS_MAX); i++) {
          values.put(field(heads.get(i)), CachedTally.write(heads.get(i), tallies.get(i)));
        }
        commands.hset(key(userId), values).exceptionally(this::failed);
      }
      commands
          .expire(key(userId), LIFETIME, ExpireArgs.Builder.nx())
          .exceptionally(failure -> failed(failure) != null);
    } catch (RedisException e) {
      failed(e);
    }
  }

  private List<@Nullable String> values(long userId, List<Head> heads) {
    var values = new ArrayList<@Nullable String>(heads.size());
    if (!isPausing()) {
      try {
        String[] fields = heads.stream().map(UnreadCache::field).toArray(String[]::new);
        for (KeyValue<String, String> value : redis.sync().hmget(key(userId), fields)) {
          values.add(value.getValueOrElse(null));
        }
        if (away.compareAndSet(true, false)) {
          log.info("unread cache is back");
        }
        return values;
      } catch (RedisException e) {
        failed(e);
      }
    }
    heads.forEach(_ -> values.add(null));
    return values;
  }

  private boolean isPausing() {
    return away.get() && System.nanoTime() - nextTryNanos.get() < 0;
  }

  private @Nullable Long failed(Throwable failure) {
    nextTryNanos.set(System.nanoTime() + PAUSE.toNanos());
    if (away.compareAndSet(false, true)) {
      log.warn("unread cache is away, unread comes from the database", failure);
    }
    return null;
  }

  private static String key(long userId) {
    return "unread:{" + userId + "}";
  }

  private static String field(Head head) {
    return Long.toString(head.groupId());
  }
}
