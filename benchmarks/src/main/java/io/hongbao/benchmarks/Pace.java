package io.hongbao.benchmarks;

import java.time.Duration;

/// How long a measurement takes: what is run before it counts, then several intervals.
record Pace(Duration warmUp, Duration interval, int intervals) {

  static final Pace FULL = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(2), 3);
  static final Pace SHORT = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(1), 3);
}
