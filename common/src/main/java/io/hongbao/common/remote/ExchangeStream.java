package io.hongbao.common.remote;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.remote.proto.ExchangeServiceGrpc;
import io.hongbao.common.remote.proto.Replies;
import io.hongbao.common.remote.proto.Requests;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The requests to one instance that are not answered yet, and the stream they travel on.
///
/// At most [#IN_FLIGHT_MAX] requests, and [#WAITING_BYTES_MAX] of them not yet sent: what comes
/// beyond is refused. Who is not answered after [#DEADLINE_NANOS], or when the connection is lost,
/// is told `unavailable`. Any number of threads; the order of `accept` is the order on the stream.
final class ExchangeStream implements Streams.Listener<Replies> {

  static final int IN_FLIGHT_MAX = 16_384;
  static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;
  static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final Connection connection;
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Outbox<io.hongbao.common.remote.proto.Request, Requests> outbox;
  private volatile boolean broken;
  private volatile boolean leaving;

  private record Pending(Consumer<Reply> answer, long sentNanos) {}

  ExchangeStream(Connection connection) {
    this.connection = connection;
    this.outbox =
        Streams.open(
            ExchangeServiceGrpc.newStub(connection.channel())::exchange,
            batch -> Requests.newBuilder().addAllRequests(batch).build(),
            request -> request.getData().size() + 128,
            WAITING_BYTES_MAX,
            this);
  }

  /// Takes a request, to be sent by the next [#flush].
  ///
  /// @param answer is called once, never by this method
  /// @return null, or why it is not taken
  @Nullable Refusal accept(Request request, Consumer<Reply> answer) {
    if (broken || leaving) {
      return Unavailable.lost();
    }
    if (pending.size() >= IN_FLIGHT_MAX) {
      return Unavailable.overloaded();
    }
    long id = ids.incrementAndGet();
    pending.put(id, new Pending(answer, System.nanoTime()));
    if (!outbox.add(Encoding.write(id, request))) {
      pending.remove(id);
      return Unavailable.overloaded();
    }
    return null;
  }

  void flush() {
    outbox.flush();
    if (broken) {
      failAll();
    }
  }

  /// Asks nothing any more, and ends the stream when all is answered: so the instance knows when
  /// nobody will ask it again.
  void leave() {
    leaving = true;
    completeIfDone();
  }

  int inFlight() {
    return pending.size();
  }

  /// Answers those that have waited too long.
  void expire(long nowNanos) {
    pending.forEach(
        (id, waiting) -> {
          if (nowNanos - waiting.sentNanos > DEADLINE_NANOS && pending.remove(id, waiting)) {
            waiting.answer.accept(Reply.refused(Unavailable.late()));
          }
        });
  }

  private void answered(io.hongbao.common.remote.proto.Reply reply) {
    Pending waiting = pending.remove(reply.getId());
    if (waiting != null) {
      waiting.answer.accept(Encoding.read(reply));
    }
    completeIfDone();
  }

  private void completeIfDone() {
    if (leaving && pending.isEmpty()) {
      outbox.complete();
    }
  }

  @Override
  public void heard(Replies replies) {
    replies.getRepliesList().forEach(this::answered);
  }

  @Override
  public void ended(@Nullable Throwable failure) {
    broken = true;
    failAll();
    if (leaving && failure == null) {
      return;
    }
    connection.lose(failure == null ? "it has left" : String.valueOf(failure.getMessage()));
  }

  private void failAll() {
    pending.forEach(
        (id, waiting) -> {
          if (pending.remove(id, waiting)) {
            waiting.answer.accept(Reply.refused(Unavailable.lost()));
          }
        });
  }
}
