package io.hongbao.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/// What one server did with one workload, each figure over several intervals.
///
/// @param deliveries per second
/// @param cpuMicros server processor time per delivery, in microseconds
/// @param p50Millis send to arrival at the watched members
record Measurement(Figure deliveries, Figure cpuMicros, double p50Millis, double p99Millis) {

  private static final int WARM_UP_STEPS_MIN = 4;
  private static final double STEADY = 1.03;

  /// @param cpuSeconds processor time of all server processes so far
  static Measurement take(LoadGenerator load, DoubleSupplier cpuSeconds, Pace pace)
      throws InterruptedException {
    warmUp(load, pace);
    return takeWarm(load, cpuSeconds, pace);
  }

  /// The same of a server that is warm.
  static Measurement takeWarm(LoadGenerator load, DoubleSupplier cpuSeconds, Pace pace)
      throws InterruptedException {
    load.takeDeliveryMicros();
    double[] rates = new double[pace.intervals()];
    double[] micros = new double[pace.intervals()];
    LoadGenerator.Counts before = load.counts(cpuSeconds);
    for (int i = 0; i < pace.intervals(); i++) {
      Thread.sleep(pace.interval());
      LoadGenerator.Counts after = load.counts(cpuSeconds);
      double delivered = after.deliveries() - before.deliveries();
      rates[i] = delivered / ((after.nanos() - before.nanos()) / 1e9);
      micros[i] = (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / Math.max(1, delivered);
      before = after;
    }
    Histogram latency = load.takeDeliveryMicros();
    return new Measurement(
        Figure.of(rates),
        Figure.of(micros),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(99) / 1e3);
  }

  /// Runs until a step delivers hardly more than the one before, and the one before that.
  static void warmUp(LoadGenerator load, Pace pace) throws InterruptedException {
    Duration step = pace.warmUpMin().dividedBy(WARM_UP_STEPS_MIN);
    var delivered = new ArrayList<Long>();
    long before = load.counts(() -> 0).deliveries();
    for (Duration past = step; past.compareTo(pace.warmUpMax()) <= 0; past = past.plus(step)) {
      Thread.sleep(step);
      long after = load.counts(() -> 0).deliveries();
      delivered.add(after - before);
      before = after;
      if (isSteady(delivered)) {
        return;
      }
    }
  }

  private static boolean isSteady(List<Long> delivered) {
    int steps = delivered.size();
    return steps >= WARM_UP_STEPS_MIN
        && delivered.get(steps - 1) < delivered.get(steps - 2) * STEADY
        && delivered.get(steps - 1) < delivered.get(steps - 3) * STEADY;
  }
}
