package io.hongbao.common.redis;

import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/// Remembers what of Redis is away, so that who can do without it need not wait for it. In a
/// cluster one master may be away and the others not, so the keys are in [#PARTS] parts by their
/// hash slots; of a part that is away one caller a [#PAUSE] tries it again. Used by any number of
/// threads.
public final class Outages {

  public static final Duration PAUSE = Duration.ofSeconds(1);

  static final int PARTS = 16;

  /// A bit for each part that is away.
  private final AtomicInteger away = new AtomicInteger();

  /// For each part that is away when it may be tried again, by `System.nanoTime()`.
  private final AtomicLongArray nextTryNanos = new AtomicLongArray(PARTS);

  public boolean isAway(String key) {
    return (away.get() & bit(part(key))) != 0;
  }

  /// Whether the caller may ask Redis for this key.
  public boolean mayTry(String key) {
    if (!isAway(key)) {
      return true;
    }
    int part = part(key);
    long next = nextTryNanos.get(part);
    long now = System.nanoTime();
    return now - next >= 0 && nextTryNanos.compareAndSet(part, next, now + PAUSE.toNanos());
  }

  /// Notes a failure.
  ///
  /// @return whether this is news: nothing was away before
  public boolean begins(String key) {
    int part = part(key);
    nextTryNanos.set(part, System.nanoTime() + PAUSE.toNanos());
    return away.getAndUpdate(parts -> parts | bit(part)) == 0;
  }

  /// Notes a success.
  ///
  /// @return whether this is news: this part was away before, and is the last that was
  public boolean ends(String key) {
    int bit = bit(part(key));
    return (away.get() & bit) != 0 && away.getAndUpdate(parts -> parts & ~bit) == bit;
  }

  /// Slots of one part lie side by side, as those of a master do.
  private static int part(String key) {
    return SlotHash.getSlot(key) * PARTS / SlotHash.SLOT_COUNT;
  }

  private static int bit(int part) {
    return 1 << part;
  }
}
