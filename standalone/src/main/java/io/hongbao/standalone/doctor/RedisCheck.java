package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Settings;
import io.hongbao.common.redis.Redis;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
      Map<String, String> info = info(redis.sync().info());
      var found = new ArrayList<Finding>();
      found.add(version(info));
      found.add(
          Finding.require(
              info.getOrDefault("role", "master").equals("master"),
              SUBJECT,
              "it takes writes",
              "it is a replica: give the primary's address in redis.url"));
      found.add(
          Finding.advise(
              info.getOrDefault("aof_enabled", "0").equals("1"),
              SUBJECT,
              "what is in it survives its restart",
              "a restart forgets everything in it; limits start anew and people who meet face to face"
                  + " enter their code again: appendonly yes"));
      found.add(memory(info));
      found.add(clock(redis, clock));
      return found;
    } catch (RedisException | IllegalArgumentException e) {
      return List.of(
          Finding.failure(
              SUBJECT,
              "cannot be used (%s): check redis.url, the password in it, and that it runs"
                  .formatted(rootMessage(e))));
    }
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

  private static Finding clock(Redis redis, Clock clock) {
    Instant asked = clock.instant();
    List<String> time = redis.sync().time();
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

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
