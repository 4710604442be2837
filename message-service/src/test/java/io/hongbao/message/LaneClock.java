package io.hongbao.message;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// A clock that something can happen by, in the middle of a transaction: lanes look at it when they
/// decide.
public final class LaneClock extends Clock {

  private final Clock clock;
  private final Runnable atLook;

  /// @param atLook runs on a lane's thread each time it looks
  public LaneClock(Clock clock, Runnable atLook) {
    this.clock = clock;
    this.atLook = atLook;
  }

  @Override
  public Instant instant() {
    if (Thread.currentThread().getName().startsWith("lane-")) {
      atLook.run();
    }
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
