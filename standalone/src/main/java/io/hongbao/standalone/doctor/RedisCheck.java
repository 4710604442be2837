package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Settings;
import io.hongbao.common.error.RootCause;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.redis.Redis.Master;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Redis: there, of a version that is tested, and set as what is kept in it needs.
final class RedisCheck {

  private static final String SUBJECT = "Redis";
  private static final int VERSION_MIN = 7;

  private RedisCheck() {}

  static List<Finding> of(Settings settings, Clock clock) {
    String url = settings.get(Settings.REDIS_URL);
    if (url.isEmpty()) {
      return List.of(Finding.warning(SUBJECT, "is not looked at: redis.url is not given"));
    }
    try (Redis redis = Redis.open(url)) {
      return redis.masters().stream().flatMap(master -> look(master, clock).stream()).toList();
    } catch (RedisException | IllegalArgumentException e) {
      return List.of(unusable(e));
    }
  }

  /// Each line about one master of a cluster begins with its address.
  private static List<Finding> look(Master master, Clock clock) {
    List<Finding> found;
    try {
      found = look(master.sync().get(), clock);
    } catch (RedisException e) {
      found = List.of(unusable(e));
    }
    String prefix = master.address().isEmpty() ? "" : master.address() + ": ";
    return found.stream()
        .map(one -> new Finding(one.level(), one.subject(), prefix + one.says()))
        .toList();
  }

  private static List<Finding> look(RedisClusterCommands<String, String> redis, Clock clock) {
    Map<String, String> info = info(redis.info());
    return List.of(
        version(info),
        Finding.require(
            info.getOrDefault("role", "master").equals("master"),
            SUBJECT,
            "it takes writes",
            "it is a replica: give the primary's address in redis.url"),
        Finding.advise(
            info.getOrDefault("aof_enabled", "0").equals("1"),
            SUBJECT,
            "what is in it survives its restart",
            "a restart forgets everything in it; limits start anew and people who meet face to face"
                + " enter their code again: appendonly yes"),
        memory(info),
        clock(redis, clock));
  }

  private static Finding unusable(RuntimeException failure) {
    return Finding.failure(
        SUBJECT,
        "cannot be used (%s): check redis.url, the password in it, and that it runs"
            .formatted(RootCause.message(failure)));
  }

  private static Finding version(Map<String, String> info) {
    String version = info.getOrDefault("redis_version", "unknown");
    boolean known =
        version.matches("\\d+\\..*") && Integer.parseInt(version.split("\\.", 2)[0]) >= VERSION_MIN;
    return Finding.require(
        known,
        SUBJECT,
        "version " + version,
        "version %s is not supported: use Redis 7 or later".formatted(version));
  }

  private static Finding memory(Map<String, String> info) {
    long bytes = Long.parseLong(info.getOrDefault("maxmemory", "0"));
    String policy = info.getOrDefault("maxmemory_policy", "unknown");
    if (bytes == 0) {
      return Finding.warning(
          SUBJECT,
          "it may take all memory there is: maxmemory 512mb, maxmemory-policy allkeys-lru");
    }
    return Finding.advise(
        policy.startsWith("allkeys"),
        SUBJECT,
        "%d MiB, then %s".formatted(bytes >> 20, policy),
        "maxmemory-policy is %s: once it is full it refuses what is new; allkeys-lru, as nothing in it must stay"
            .formatted(policy));
  }

  private static Finding clock(RedisClusterCommands<String, String> redis, Clock clock) {
    Instant asked = clock.instant();
    List<String> time = redis.time();
    Instant theirs =
        Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
    return ClockCheck.of(SUBJECT, theirs, asked, clock.instant());
  }

  private static Map<String, String> info(String text) {
    return text.lines()
        .filter(line -> line.contains(":"))
        .map(line -> line.split(":", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (one, _) -> one));
  }
}
