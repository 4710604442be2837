package io.hongbao.common.remote;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Push;
import io.hongbao.common.remote.proto.Deliveries;
import io.hongbao.common.remote.proto.Published;
import io.hongbao.common.remote.proto.PushServiceGrpc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Publishing to a push role with several instances: all about one group goes to one of them.
///
/// What waits for an instance is bounded by [#WAITING_BYTES_MAX]; what comes beyond is dropped, as
/// is everything while there is no instance. Nothing stays silently missing: who has dropped
/// something, or lost a connection on which something may have been, says `missed` on the next
/// stream it has, and the push service there tells every gateway to read anew what it must know.
final class RemotePush implements Push, Instances.Watcher {

  static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

  /// Read as nothing; for a message that says `missed` alone.
  private static final io.hongbao.common.remote.proto.Delivery NOTHING =
      io.hongbao.common.remote.proto.Delivery.getDefaultInstance();

  private final Instances instances;
  private final Map<Connection, Stream> streams = new ConcurrentHashMap<>();
  private final AtomicBoolean missed = new AtomicBoolean();
  private final Counter published;
  private final Counter dropped;

  RemotePush(Instances instances, MeterRegistry meters) {
    this.instances = instances;
    this.published = meters.counter("hongbao.cluster.published");
    this.dropped = meters.counter("hongbao.cluster.published.dropped");
    meters.gauge(
        "hongbao.cluster.publish.queue.bytes",
        streams,
        all -> all.values().stream().mapToLong(stream -> stream.outbox.waitingBytes()).sum());
    instances.watch(this);
  }

  @Override
  public void publish(Delivery delivery) {
    Connection connection = instances.pick(DeliveryEncoding.keyOf(delivery), null);
    Stream stream = connection == null ? null : streams.get(connection);
    if (stream != null && stream.outbox.add(DeliveryEncoding.write(delivery))) {
      published.increment();
      stream.outbox.flush();
    } else {
      dropped.increment();
      missed.set(true);
    }
  }

  @Override
  public void connected(Connection connection) {
    var stream = new Stream(connection);
    streams.put(connection, stream);
    if (missed.get()) {
      stream.sayMissed();
    }
  }

  /// What is on its way there still arrives.
  @Override
  public void leaving(Connection connection) {
    Stream stream = streams.get(connection);
    if (stream != null) {
      stream.outbox.complete();
    }
  }

  @Override
  public void lost(Connection connection) {
    Stream stream = streams.remove(connection);
    if (stream != null && !stream.isWhole) {
      missed.set(true);
      streams.values().stream().findAny().ifPresent(Stream::sayMissed);
    }
  }

  /// Ends the streams behind what was published.
  void complete() {
    streams.values().forEach(stream -> stream.outbox.complete());
  }

  boolean isWhole() {
    return streams.values().stream().allMatch(stream -> stream.isWhole);
  }

  private Deliveries join(List<io.hongbao.common.remote.proto.Delivery> batch) {
    return Deliveries.newBuilder()
        .addAllDeliveries(batch)
        .setMissed(missed.getAndSet(false))
        .build();
  }

  /// Deliveries to one instance.
  private final class Stream implements Streams.Listener<Published> {

    private final Connection connection;
    private final Outbox<io.hongbao.common.remote.proto.Delivery, Deliveries> outbox;

    /// The other side has taken all and said so.
    private volatile boolean isWhole;

    private Stream(Connection connection) {
      this.connection = connection;
      this.outbox =
          Streams.open(
              PushServiceGrpc.newStub(connection.channel())::publish,
              RemotePush.this::join,
              io.hongbao.common.remote.proto.Delivery::getSerializedSize,
              WAITING_BYTES_MAX,
              this);
    }

    @Override
    public void heard(Published published) {
      isWhole = !outbox.hasDropped();
    }

    @Override
    public void ended(@Nullable Throwable failure) {
      if (failure != null) {
        connection.lose(String.valueOf(failure.getMessage()));
      }
    }

    private void sayMissed() {
      outbox.add(NOTHING);
      outbox.flush();
    }
  }
}
