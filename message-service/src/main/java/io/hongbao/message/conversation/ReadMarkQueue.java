package io.hongbao.message.conversation;

import io.hongbao.common.contract.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Read marks that wait for the writer, one a member and group: a later mark joins an earlier one,
/// the larger counts, and both are answered by one write. Used by any number of threads.
final class ReadMarkQueue {

  /// Marks that wait at most.
  static final int WAITING_MAX = 50_000;

  private final int batchMax;

  /// Guards the fields below.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private final LinkedHashMap<MemberKey, Waiting> waiting = new LinkedHashMap<>();
  private boolean closed;

  ReadMarkQueue(int batchMax) {
    this.batchMax = batchMax;
  }

  /// A mark that is not written yet.
  ///
  /// @param onlySessionId the session that asked, 0 where several did
  record Waiting(ReadMark mark, long onlySessionId, CompletableFuture<Reply> reply) {

    private Waiting joinedBy(ReadMark later, long sessionId) {
      return new Waiting(
          later.seq() > mark.seq() ? later : mark,
          sessionId == onlySessionId ? sessionId : 0,
          reply);
    }
  }

  /// The reply to come, or null where there is no room or the queue is closed.
  @Nullable CompletableFuture<Reply> add(ReadMark mark, long sessionId) {
    lock.lock();
    try {
      Waiting earlier = waiting.get(mark.key());
      if (closed || (earlier == null && waiting.size() >= WAITING_MAX)) {
        return null;
      }
      Waiting now =
          earlier == null
              ? new Waiting(mark, sessionId, new CompletableFuture<>())
              : earlier.joinedBy(mark, sessionId);
      waiting.put(mark.key(), now);
      changed.signalAll();
      return now.reply();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for marks and takes the oldest of them, at most a batch; empty once the queue is closed
  /// and nothing is left.
  List<Waiting> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Waiting> batch = waiting.values().stream().limit(batchMax).toList();
      batch.forEach(taken -> waiting.remove(taken.mark().key()));
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for `rest`, or until a whole batch waits or the queue is closed.
  void rest(Duration rest) throws InterruptedException {
    lock.lock();
    try {
      long nanos = rest.toNanos();
      while (nanos > 0 && waiting.size() < batchMax && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
