package io.hongbao.message.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;

/// The counts of this process alone, by the same rules as `limit.lua`.
final class LocalLimits implements LimitCounter {

  /// Counts kept; beyond, the ones least used are forgotten, and those subjects begin anew.
  private static final int COUNTS_MAX = 100_000;

  /// After this long without a hit no count matters any more.
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final Cache<Subject, Count> counts =
      Caffeine.newBuilder().maximumSize(COUNTS_MAX).expireAfterWrite(IDLE).build();

  private record Subject(String limit, String subject) {}

  @Override
  public long hit(Limit limit, String subject, long nowMs) {
    ConcurrentMap<Subject, Count> map = counts.asMap();
    var wait = new long[1];
    map.compute(
        new Subject(limit.name(), subject),
        (_, known) -> {
          Count count = known == null ? new Count() : known;
          wait[0] = count.wait(limit, nowMs);
          if (wait[0] == 0) {
            count.add(limit, nowMs);
          }
          return count;
        });
    return wait[0];
  }

  @Override
  public long ask(Limit limit, String subject, long nowMs) {
    var wait = new long[1];
    counts
        .asMap()
        .computeIfPresent(
            new Subject(limit.name(), subject),
            (_, count) -> {
              wait[0] = count.wait(limit, nowMs);
              return count;
            });
    return wait[0];
  }

  /// One subject's hits; used within the map's `compute` only.
  private static final class Count {
    private final TreeMap<Long, Integer> hitsByStep = new TreeMap<>();
    private long closedUntilMs;

    long wait(Limit limit, long nowMs) {
      while (!hitsByStep.isEmpty() && countsUntil(limit, hitsByStep.firstKey()) <= nowMs) {
        hitsByStep.pollFirstEntry();
      }
      if (closedUntilMs > nowMs) {
        return closedUntilMs - nowMs;
      }
      return hits() >= limit.hitsMax() ? countsUntil(limit, hitsByStep.firstKey()) - nowMs : 0;
    }

    void add(Limit limit, long nowMs) {
      hitsByStep.merge(Math.floorDiv(nowMs, limit.step().toMillis()), 1, Integer::sum);
      if (limit.close().isPositive() && hits() >= limit.hitsMax()) {
        closedUntilMs = nowMs + limit.close().toMillis();
      }
    }

    private int hits() {
      return hitsByStep.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static long countsUntil(Limit limit, long step) {
      return (step + 1) * limit.step().toMillis() - 1 + limit.window().toMillis();
    }
  }
}
