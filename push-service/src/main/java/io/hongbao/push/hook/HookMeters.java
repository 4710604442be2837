package io.hongbao.push.hook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the offline hook counts, there at 0 where it is off.
public final class HookMeters {

  private final Counter told;
  private final Counter retries;
  private final Counter full;
  private final Counter refused;
  private final Counter givenUp;
  private final Counter unasked;
  private final AtomicReference<@Nullable MissedQueue> queue = new AtomicReference<>();

  public HookMeters(MeterRegistry meters) {
    this.told = meters.counter("hongbao.hook.told");
    this.retries = meters.counter("hongbao.hook.retries");
    this.full = dropped(meters, "full");
    this.refused = dropped(meters, "refused");
    this.givenUp = dropped(meters, "given_up");
    this.unasked = dropped(meters, "unasked");
    meters.gauge("hongbao.hook.waiting", queue, HookMeters::size);
  }

  private static Counter dropped(MeterRegistry meters, String reason) {
    return meters.counter("hongbao.hook.dropped", "reason", reason);
  }

  private static double size(AtomicReference<@Nullable MissedQueue> of) {
    MissedQueue queue = of.get();
    return queue == null ? 0 : queue.size();
  }

  void watch(MissedQueue of) {
    queue.set(of);
  }

  /// The receiver has taken so many.
  void told(int count) {
    told.increment(count);
  }

  void retried() {
    retries.increment();
  }

  /// There was no room.
  void full(int count) {
    full.increment(count);
  }

  /// The receiver does not want them.
  void refused(int count) {
    refused.increment(count);
  }

  /// The receiver did not take them in time.
  void givenUp(int count) {
    givenUp.increment(count);
  }

  /// A group's members could not be asked for.
  void unasked() {
    unasked.increment();
  }
}
