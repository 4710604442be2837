package io.hongbao.benchmarks;

import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/// What one server did with one workload, each figure over several intervals.
///
/// @param deliveries per second
/// @param cpuMicros server processor time per delivery, in microseconds
/// @param p50Millis send to arrival at the watched members
record Measurement(Figure deliveries, Figure cpuMicros, double p50Millis, double p99Millis) {

  /// @param cpuSeconds processor time of all server processes so far
  static Measurement take(LoadGenerator load, DoubleSupplier cpuSeconds, Pace pace)
      throws InterruptedException {
    Thread.sleep(pace.warmUp());
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
}
