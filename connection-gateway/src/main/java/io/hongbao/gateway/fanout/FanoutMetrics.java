package io.hongbao.gateway.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/// What the fan-out counts: once per room and turn, never per connection.
public final class FanoutMetrics {

  private final MeterRegistry meters;
  private final Counter deliveries;
  private final Counter deliveredBytes;
  private final Counter skipped;
  private final Counter resyncs;
  private final Counter holes;
  private final Counter overflows;
  private final DistributionSummary fanout;
  private final Timer lag;

  public FanoutMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.deliveries = meters.counter("hongbao.gateway.deliveries");
    this.deliveredBytes = meters.counter("hongbao.gateway.delivered.bytes");
    this.skipped = meters.counter("hongbao.gateway.skipped");
    this.resyncs = meters.counter("hongbao.gateway.resyncs");
    this.holes = meters.counter("hongbao.gateway.holes");
    this.overflows = meters.counter("hongbao.gateway.queue.overflows");
    this.fanout = meters.summary("hongbao.gateway.fanout");
    this.lag = meters.timer("hongbao.gateway.push.lag");
  }

  void watchQueues(Collection<Hub> hubs) {
    meters.gauge(
        "hongbao.gateway.queue.bytes", hubs, all -> all.stream().mapToLong(Hub::queuedBytes).sum());
  }

  /// Events that were written, once for each connection.
  void delivered(long events, long bytes) {
    deliveries.increment((double) events);
    deliveredBytes.increment((double) bytes);
  }

  /// Events left out for connections that are too slow.
  void skipped(long events) {
    skipped.increment((double) events);
  }

  /// Connections told to read a group's log on.
  public void resynced(long connections) {
    resyncs.increment((double) connections);
  }

  /// Runs of a group that did not come in time, or at all.
  void hole() {
    holes.increment();
  }

  /// What one group had in one turn was written to so many connections.
  void fannedOut(int connections) {
    fanout.record(connections);
  }

  /// From publishing to the sockets, of the run of a turn that has waited longest; by the clocks of
  /// two machines, so that it may seem to be less than nothing.
  void lagged(long millis) {
    lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  void overflowed() {
    overflows.increment();
  }
}
