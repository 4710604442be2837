package io.hongbao.message;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.InvalidFieldException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where blocking reads run: virtual threads, as many at once as there are connections for them.
///
/// At most [#WAITING_MAX] more wait for their turn; whoever comes beyond is answered `unavailable`.
/// This is the boundary of the reads: an outage of MySQL is answered `unavailable`, a bug
/// `internal`, each with one line in the log.
public final class Queries implements AutoCloseable {

  /// Reads that wait for a connection, over all sessions.
  public static final int WAITING_MAX = 10_000;

  public static final long RETRY_AFTER_MS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Queries.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("query-", 0).factory());
  private final Semaphore running;
  private final AtomicInteger waiting = new AtomicInteger();

  public Queries(int runningMax) {
    this.running = new Semaphore(runningMax);
  }

  /// Runs one read and answers what it returns.
  public CompletionStage<Reply> reply(String op, Supplier<Reply> read) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      return CompletableFuture.completedFuture(unavailable());
    }
    return CompletableFuture.supplyAsync(() -> answer(op, read), threads);
  }

  /// Runs work outside any request (events that follow a change); a failure is one line in the log.
  public void run(String name, Runnable work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      log.warn("left out work={} reason=too_much_waiting", name);
      return;
    }
    threads.execute(
        () ->
            answer(
                name,
                () -> {
                  work.run();
                  return new Reply.Success(new byte[0]);
                }));
  }

  /// The virtual threads themselves, for what follows on a stage.
  public Executor threads() {
    return threads;
  }

  public static Reply unavailable() {
    return Reply.refused(
        Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again shortly", RETRY_AFTER_MS));
  }

  @Override
  public void close() {
    threads.close();
  }

  private Reply answer(String op, Supplier<Reply> read) {
    try {
      running.acquireUninterruptibly();
      waiting.decrementAndGet();
      try {
        return read.get();
      } finally {
        running.release();
      }
    } catch (InvalidFieldException e) {
      return Reply.refused(e.refusal());
    } catch (PersistenceException e) {
      log.warn("database failed op={}", op, e);
      return unavailable();
    } catch (RuntimeException e) {
      log.error("bug op={}", op, e);
      return Reply.refused(ErrorCode.INTERNAL, "internal error");
    }
  }
}
