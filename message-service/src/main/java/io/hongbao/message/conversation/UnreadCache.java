package io.hongbao.message.conversation;

import io.hongbao.common.redis.Outages;
import io.hongbao.common.redis.Redis;
import io.lettuce.core.ExpireArgs;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps tallies in Redis: one hash a user, `unread:{userId}`, one field a group.
///
/// A value says what it was made for (last entry, read mark, join point); for any other head it is
/// a miss, so nothing has to be thrown away and nothing stale is ever taken. A hash lives for
/// [#LIFETIME] from its first field on. Where Redis is away every question is a miss; the log of
/// the server says so once for each outage.
final class UnreadCache {

  static final Duration LIFETIME = Duration.ofDays(1);

  /// Fields of one command.
  static final int FIELDS_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(UnreadCache.class);

  private final Redis redis;
  private final Outages outages = new Outages();

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
    String key = key(userId);
    if (heads.isEmpty() || outages.isAway(key)) {
      return;
    }
    try {
      RedisClusterAsyncCommands<String, String> commands = redis.async();
      for (int from = 0; from < heads.size(); from += FIELDS_MAX) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < Math.min(heads.size(), from + FIELDS_MAX); i++) {
          values.put(field(heads.get(i)), CachedTally.write(heads.get(i), tallies.get(i)));
        }
        commands.hset(key, values).exceptionally(failure -> failed(key, failure));
      }
      commands
          .expire(key, LIFETIME, ExpireArgs.Builder.nx())
          .exceptionally(failure -> failed(key, failure) != null);
    } catch (RedisException e) {
      failed(key, e);
    }
  }

  private List<@Nullable String> values(long userId, List<Head> heads) {
    var values = new ArrayList<@Nullable String>(heads.size());
    String key = key(userId);
    if (outages.mayTry(key)) {
      try {
        String[] fields = heads.stream().map(UnreadCache::field).toArray(String[]::new);
        for (KeyValue<String, String> value : redis.sync().hmget(key, fields)) {
          values.add(value.getValueOrElse(null));
        }
        if (outages.ends(key)) {
          log.info("unread cache is back");
        }
        return values;
      } catch (RedisException e) {
        failed(key, e);
      }
    }
    heads.forEach(_ -> values.add(null));
    return values;
  }

  private @Nullable Long failed(String key, Throwable failure) {
    if (outages.begins(key)) {
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
