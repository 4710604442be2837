package io.hongbao.common.remote;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.remote.proto.ExchangeServiceGrpc;
import io.hongbao.common.remote.proto.Replies;
import io.hongbao.common.remote.proto.Request;
import io.hongbao.common.remote.proto.Requests;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves client requests: hands those of a stream to the service in their order, on the stream's
/// thread, and sends the replies as they come.
///
/// A stream that has [#IN_HAND_MAX] requests whose replies are not sent is read no further until it
/// has fewer: a caller that does not take its replies is asked to wait with its requests.
final class ExchangeEndpoint extends ExchangeServiceGrpc.ExchangeServiceImplBase {

  /// More than a caller has in flight, unless it does not take its replies.
  static final int IN_HAND_MAX = 2 * ExchangeStream.IN_FLIGHT_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeEndpoint.class);

  private final Exchange exchange;
  private final Set<Caller> callers = ConcurrentHashMap.newKeySet();

  ExchangeEndpoint(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public StreamObserver<Requests> exchange(StreamObserver<Replies> replies) {
    return new Caller((ServerCallStreamObserver<Replies>) replies);
  }

  /// Whether nobody will ask any more.
  boolean isQuiet() {
    return callers.isEmpty();
  }

  void complete() {
    callers.forEach(caller -> caller.outbox.complete());
  }

  /// One stream.
  private final class Caller implements StreamObserver<Requests> {

    private final ServerCallStreamObserver<Replies> stream;
    private final Outbox<io.hongbao.common.remote.proto.Reply, Replies> outbox;
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicBoolean paused = new AtomicBoolean();

    private Caller(ServerCallStreamObserver<Replies> stream) {
      this.stream = stream;
      this.outbox =
          new Outbox<>(stream, this::join, reply -> reply.getData().size() + 64, Long.MAX_VALUE);
      stream.disableAutoRequest();
      stream.setOnReadyHandler(outbox::flush);
      stream.setOnCancelHandler(() -> callers.remove(this));
      callers.add(this);
      stream.request(1);
    }

    @Override
    public void onNext(Requests requests) {
      for (Request request : requests.getRequestsList()) {
        inHand.incrementAndGet();
        ask(request);
      }
      paused.set(true);
      readOn();
    }

    @Override
    public void onError(Throwable failure) {
      callers.remove(this);
    }

    @Override
    public void onCompleted() {
      outbox.complete();
      callers.remove(this);
    }

    private void ask(Request request) {
      try {
        var _ =
            exchange
                .exchange(Encoding.read(request))
                .whenComplete((reply, failure) -> answer(request, sure(request, reply, failure)));
      } catch (RuntimeException e) {
        answer(request, sure(request, null, e));
      }
    }

    private void answer(Request request, Reply reply) {
      outbox.add(Encoding.write(request.getId(), reply));
      outbox.flush();
    }

    private Replies join(List<io.hongbao.common.remote.proto.Reply> batch) {
      inHand.addAndGet(-batch.size());
      readOn();
      return Replies.newBuilder().addAllReplies(batch).build();
    }

    private void readOn() {
      if (inHand.get() < IN_HAND_MAX && paused.compareAndSet(true, false)) {
        stream.request(1);
      }
    }
  }

  /// A service answers always; one that fails all the same has a bug.
  private static Reply sure(Request request, @Nullable Reply reply, @Nullable Throwable failure) {
    if (reply != null) {
      return reply;
    }
    LOG.error("a service failed instead of answering, op={}", request.getOp(), failure);
    return Reply.refused(ErrorCode.INTERNAL, "internal error");
  }
}
