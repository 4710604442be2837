package io.hongbao.common.remote;

import io.grpc.stub.CallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What waits to be sent on one stream, in order and within bounds.
///
/// Items go out as fast as the stream's flow control allows; those that gather while it does not
/// are joined in one message, up to [#BATCH_BYTES_MAX] of them. Any number of threads may add;
/// whoever finds the stream free sends for all others, and nobody waits.
///
/// @param <T> an item
/// @param <M> a message of the stream
final class Outbox<T, M> {

  static final int BATCH_BYTES_MAX = 256 * 1024;
  static final int BATCH_MAX = 1_024;

  private final CallStreamObserver<M> stream;
  private final Function<List<T>, M> join;
  private final ToIntFunction<T> bytesOf;
  private final long bytesMax;
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile boolean completing;
  private volatile @Nullable Throwable failure;
  private volatile boolean dropped;

  /// Guarded by having the turn.
  private boolean closed;

  /// @param join makes a message of items that follow each other; called by one thread at a time
  /// @param bytesMax what may wait; what comes beyond is not taken
  Outbox(
      CallStreamObserver<M> stream,
      Function<List<T>, M> join,
      ToIntFunction<T> bytesOf,
      long bytesMax) {
    this.stream = stream;
    this.join = join;
    this.bytesOf = bytesOf;
    this.bytesMax = bytesMax;
  }

  /// Takes an item, to be sent by the next [#flush].
  ///
  /// @return false where there is no room for it, or the stream ends
  boolean add(T item) {
    if (completing || failure != null) {
      return false;
    }
    int bytes = bytesOf.applyAsInt(item);
    if (waitingBytes.addAndGet(bytes) > bytesMax) {
      waitingBytes.addAndGet(-bytes);
      return false;
    }
    waiting.add(item);
    return true;
  }

  /// Sends what the stream takes now. Called after adding, and when the stream takes more.
  void flush() {
    if (turns.getAndIncrement() != 0) {
      return;
    }
    int served = 1;
    do {
      serve();
      served = turns.addAndGet(-served);
    } while (served != 0);
  }

  /// Whether something was taken and never sent.
  boolean hasDropped() {
    return dropped;
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  /// Ends the stream behind what waits; nothing is taken any more.
  void complete() {
    completing = true;
    flush();
  }

  /// Breaks the stream off; what waits is dropped.
  void fail(Throwable reason) {
    failure = reason;
    flush();
  }

  private void serve() {
    if (closed) {
      drop();
      return;
    }
    try {
      send();
    } catch (RuntimeException _) {
      closed = true; // the stream is broken, which its observer hears of, too
      drop();
    }
  }

  private void send() {
    Throwable reason = failure;
    if (reason != null) {
      closed = true;
      drop();
      stream.onError(reason);
      return;
    }
    while (stream.isReady()) {
      List<T> batch = take();
      if (batch.isEmpty()) {
        break;
      }
      stream.onNext(join.apply(batch));
    }
    if (completing && waiting.isEmpty()) {
      closed = true;
      stream.onCompleted();
    }
  }

  private List<T> take() {
    var batch = new ArrayList<T>();
    int bytes = 0;
    while (bytes < BATCH_BYTES_MAX && batch.size() < BATCH_MAX) {
      T item = waiting.poll();
      if (item == null) {
        break;
      }
      bytes += bytesOf.applyAsInt(item);
      batch.add(item);
    }
    waitingBytes.addAndGet(-bytes);
    return batch;
  }

  private void drop() {
    while (!take().isEmpty()) {
      dropped = true;
    }
  }
}
