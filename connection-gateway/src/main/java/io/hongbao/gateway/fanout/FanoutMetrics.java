package io.hongbao.gateway.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/// What the fan-out counts: once per room and turn, never per connection.
public final class FanoutMetrics {

  private final MeterRegistry meters;
  private final Counter deliveries;
  private final Counter deliveredBytes;
  private final Counter skipped;
  private final Counter resyncs;
  private final Counter holes;
  private final Counter overflows;

  public FanoutMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.deliveries = meters.counter("hongbao.gateway.deliveries");
    this.deliveredBytes = meters.counter("hongbao.gateway.delivered.bytes");
    this.skipped = meters.counter("hongbao.gateway.skipped");
    this.resyncs = meters.counter("hongbao.gateway.resyncs");
    this.holes = meters.counter("hongbao.gateway.holes");
    this.overflows = meters.counter("hongbao.gateway.queue.overflows");
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

  void overflowed() {
    overflows.increment();
  }
}
