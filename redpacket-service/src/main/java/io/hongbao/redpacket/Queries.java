package io.hongbao.redpacket;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where blocking work for requests runs: virtual threads, as many at the database at once as there
/// are connections for them.
///
/// At most [#WAITING_MAX] are in hand; whoever comes beyond is answered `unavailable`. This is the
/// boundary of that work: an outage is answered `unavailable`, a bug `internal`, each with one line
/// in the log.
public final class Queries implements AutoCloseable {

  /// Requests in hand, most of them waiting, over all sessions.
  public static final int WAITING_MAX = 10_000;

  public static final long RETRY_AFTER_MS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Queries.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("redpacket-", 0).factory());
  private final Semaphore running;
  private final AtomicInteger inHand = new AtomicInteger();

  /// @param runningMax transactions at once
  public Queries(int runningMax) {
    this.running = new Semaphore(runningMax);
  }

  /// Carries a request out on a thread of its own. It may wait for others; what it does in the
  /// database it does in a [#turn].
  public CompletionStage<Reply> reply(String op, Supplier<Reply> work) {
    if (inHand.incrementAndGet() > WAITING_MAX) {
      inHand.decrementAndGet();
      return CompletableFuture.completedFuture(unavailable());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return guarded(op, work);
          } finally {
            inHand.decrementAndGet();
          }
        },
        threads);
  }

  /// One transaction, once there is a connection for it. Nothing in it waits for another turn.
  public <T extends @Nullable Object> T turn(Supplier<T> transaction) {
    running.acquireUninterruptibly();
    try {
      return transaction.get();
    } finally {
      running.release();
    }
  }

  /// The virtual threads themselves.
  public Executor threads() {
    return threads;
  }

  public static Reply unavailable() {
    return Reply.refused(outage());
  }

  public static Refusal outage() {
    return Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again shortly", RETRY_AFTER_MS);
  }

  @Override
  public void close() {
    threads.close();
  }

  private static Reply guarded(String op, Supplier<Reply> work) {
    try {
      return work.get();
    } catch (PersistenceException e) {
      log.warn("database failed op={}", op, e);
      return unavailable();
    } catch (RuntimeException | Error e) {
      log.error("bug op={}", op, e);
      return Reply.refused(ErrorCode.INTERNAL, "internal error");
    }
  }
}
