package io.hongbao.common.remote;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.Push;
import io.hongbao.common.remote.proto.Deliveries;
import io.hongbao.common.remote.proto.FromPush;
import io.hongbao.common.remote.proto.InterestChange;
import io.hongbao.common.remote.proto.InterestChanges;
import io.hongbao.common.remote.proto.Published;
import io.hongbao.common.remote.proto.PushServiceGrpc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves publishing and interest.
///
/// Deliveries that wait for a gateway are bounded by [#WAITING_BYTES_MAX]; a gateway that lets more
/// gather is cut off, comes back with its whole interest, and reads anew what it missed. So do all
/// gateways when a service says that it may have lost something, or breaks off.
final class PushEndpoint extends PushServiceGrpc.PushServiceImplBase {

  static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PushEndpoint.class);

  private final Push push;
  private final Interest interest;
  private final Set<Gateway> gateways = ConcurrentHashMap.newKeySet();
  private final AtomicInteger publishers = new AtomicInteger();
  private final Counter cut;

  PushEndpoint(Push push, Interest interest, MeterRegistry meters) {
    this.push = push;
    this.interest = interest;
    this.cut = meters.counter("hongbao.cluster.gateways.cut");
    meters.gauge(
        "hongbao.cluster.delivery.queue.bytes",
        gateways,
        all -> all.stream().mapToLong(gateway -> gateway.outbox.waitingBytes()).sum());
  }

  @Override
  public StreamObserver<Deliveries> publish(StreamObserver<Published> answer) {
    return new Publisher((ServerCallStreamObserver<Published>) answer);
  }

  @Override
  public StreamObserver<InterestChanges> attach(StreamObserver<FromPush> deliveries) {
    return new Gateway((ServerCallStreamObserver<FromPush>) deliveries);
  }

  /// Whether everybody who published has ended it.
  boolean isQuiet() {
    return publishers.get() == 0;
  }

  /// Ends the gateways' streams behind what waits for them.
  void complete() {
    gateways.forEach(
        gateway -> {
          gateway.detach();
          gateway.outbox.complete();
        });
  }

  private void missed() {
    gateways.forEach(gateway -> gateway.send(FromPush.newBuilder().setMissed(true).build()));
  }

  /// A service that publishes.
  private final class Publisher implements StreamObserver<Deliveries> {

    private final StreamObserver<Published> answer;

    /// It counts until its answer is sent, not only given: with its connection closed before, it
    /// would take what it published for lost.
    private Publisher(ServerCallStreamObserver<Published> answer) {
      this.answer = answer;
      publishers.incrementAndGet();
      answer.setOnCloseHandler(publishers::decrementAndGet);
      answer.setOnCancelHandler(publishers::decrementAndGet);
    }

    @Override
    public void onNext(Deliveries message) {
      for (io.hongbao.common.remote.proto.Delivery delivery : message.getDeliveriesList()) {
        Delivery read = DeliveryEncoding.read(delivery);
        if (read != null) {
          push.publish(read);
        }
      }
      if (message.getMissed()) {
        missed();
      }
    }

    @Override
    public void onError(Throwable failure) {
      LOG.info("a service that published has broken off: {}", failure.getMessage());
      missed();
    }

    @Override
    public void onCompleted() {
      answer.onNext(Published.getDefaultInstance());
      answer.onCompleted();
    }
  }

  /// A gateway that is attached.
  private final class Gateway implements StreamObserver<InterestChanges>, Interest.Sink {

    private final Interest.Link link;
    private final Outbox<FromPush, FromPush> outbox;

    // Below, all belongs to the stream's thread.
    private long changes;
    private CompletionStage<Void> inForce = CompletableFuture.completedStage(null);

    private Gateway(ServerCallStreamObserver<FromPush> stream) {
      this.outbox =
          new Outbox<>(stream, Gateway::join, FromPush::getSerializedSize, WAITING_BYTES_MAX);
      stream.setOnReadyHandler(outbox::flush);
      stream.setOnCancelHandler(this::detach);
      this.link = interest.attach(this);
      gateways.add(this);
    }

    @Override
    public void deliver(Delivery delivery) {
      send(FromPush.newBuilder().addDeliveries(DeliveryEncoding.write(delivery)).build());
    }

    @Override
    public void missed() {
      send(FromPush.newBuilder().setMissed(true).build());
    }

    @Override
    public void onNext(InterestChanges message) {
      for (InterestChange change : message.getChangesList()) {
        changes++;
        CompletionStage<Void> stage = carryOut(change);
        inForce = inForce.thenCompose(_ -> stage);
      }
      long count = changes;
      inForce = inForce.thenRun(() -> send(FromPush.newBuilder().setAcknowledged(count).build()));
    }

    @Override
    public void onError(Throwable failure) {
      detach();
    }

    @Override
    public void onCompleted() {
      detach();
      outbox.complete();
    }

    private CompletionStage<Void> carryOut(InterestChange change) {
      return switch (change.getChangeCase()) {
        case ADD_USERS -> {
          CompletionStage<Void> all = CompletableFuture.completedStage(null);
          for (long userId : change.getAddUsers().getIdsList()) {
            CompletionStage<Void> one = link.addUser(userId);
            all = all.thenCompose(_ -> one);
          }
          yield all;
        }
        case ADD_GROUPS -> link.addGroups(change.getAddGroups().getIdsList());
        case REMOVE_USER -> {
          link.removeUser(change.getRemoveUser());
          yield CompletableFuture.completedStage(null);
        }
        case REMOVE_GROUPS -> {
          link.removeGroups(change.getRemoveGroups().getIdsList());
          yield CompletableFuture.completedStage(null);
        }
        case CHANGE_NOT_SET -> CompletableFuture.completedStage(null);
      };
    }

    private void send(FromPush message) {
      if (outbox.add(message)) {
        outbox.flush();
      } else if (gateways.contains(this)) {
        detach();
        cut.increment();
        LOG.warn("a gateway is cut off, as it does not take its deliveries");
        outbox.fail(
            Status.RESOURCE_EXHAUSTED
                .withDescription("it does not take its deliveries")
                .asRuntimeException());
      }
    }

    private void detach() {
      gateways.remove(this);
      link.close();
    }

    private static FromPush join(List<FromPush> parts) {
      if (parts.size() == 1) {
        return parts.getFirst();
      }
      var whole = FromPush.newBuilder();
      parts.forEach(whole::mergeFrom);
      return whole.build();
    }
  }
}
