package io.hongbao.message;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Remembers that a part is away, so that who can do without it need not wait for it: while it is
/// away one caller a [#PAUSE] tries it again. Used by any number of threads.
public final class Outage {

  public static final Duration PAUSE = Duration.ofSeconds(1);

  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong nextTryNanos = new AtomicLong();

  public boolean isAway() {
    return away.get();
  }

  /// Whether the caller may try the part.
  public boolean mayTry() {
    if (!away.get()) {
      return true;
    }
    long next = nextTryNanos.get();
    long now = System.nanoTime();
    return now - next >= 0 && nextTryNanos.compareAndSet(next, now + PAUSE.toNanos());
  }

  /// Notes a failure.
  ///
  /// @return whether this is news: the part was there before
  public boolean begins() {
    nextTryNanos.set(System.nanoTime() + PAUSE.toNanos());
    return away.compareAndSet(false, true);
  }

  /// Notes a success.
  ///
  /// @return whether this is news: the part was away before
  public boolean ends() {
    return away.get() && away.compareAndSet(true, false);
  }
}
