package io.hongbao.benchmarks.faults;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long a crowd's sends took until their reply, in microseconds. Used by any number of threads.
final class Replies {

  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);

  private final Histogram micros = new Histogram(MICROS_MAX, 2);

  synchronized void took(long nanos) {
    micros.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  /// A percentile since the last call, in milliseconds.
  synchronized long takeMs(double percentile) {
    long ms = TimeUnit.MICROSECONDS.toMillis(micros.getValueAtPercentile(percentile));
    micros.reset();
    return ms;
  }
}
