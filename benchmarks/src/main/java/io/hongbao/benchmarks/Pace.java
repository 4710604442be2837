package io.hongbao.benchmarks;

import java.time.Duration;

/// How long a measurement takes: what is run before it counts, then several intervals.
///
/// The JVM compiles for many seconds what a server of some size does, on the processors that it is
/// measured on. What runs before therefore lasts until the throughput does not rise any more.
///
/// @param warmUpMin at least so long
/// @param warmUpMax at most so long, steady or not
record Pace(Duration warmUpMin, Duration warmUpMax, Duration interval, int intervals) {

  static final Pace FULL =
      new Pace(Duration.ofSeconds(8), Duration.ofSeconds(40), Duration.ofSeconds(2), 5);

  /// For a first look: servers that are not quite warm.
  static final Pace SHORT =
      new Pace(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(1), 3);

  /// One interval of it.
  Pace once() {
    return new Pace(warmUpMin, warmUpMax, interval, 1);
  }

  /// At a fixed rate the throughput does not tell when a server is warm.
  static final Pace FIXED_RATE =
      new Pace(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2), 5);
}
