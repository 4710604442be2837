package io.hongbao.common.sql;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.InvalidFieldException;
import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where blocking work runs: virtual threads, as many at the database at once as there are
/// connections for them.
///
/// At most [#WAITING_MAX] are in hand; whoever comes beyond is answered `unavailable`. This is the
/// boundary of that work: an outage of MySQL or Redis is answered `unavailable`, a bug `internal`,
/// each with one line in the log.
public final class Queries implements AutoCloseable {

  /// Pieces of work in hand, most of them waiting for a connection, over all sessions.
  public static final int WAITING_MAX = 10_000;

  public static final long RETRY_AFTER_MS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Queries.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("query-", 0).factory());
  private final Semaphore running;
  private final AtomicInteger inHand = new AtomicInteger();

  public Queries(int runningMax) {
    this.running = new Semaphore(runningMax);
  }

  /// Shows how much is in hand.
  ///
  /// @param service whose work it is
  public void watch(MeterRegistry meters, String service) {
    meters.gauge("hongbao.queries", Tags.of("service", service), inHand);
  }

  /// Runs one read and answers what it returns.
  public CompletionStage<Reply> reply(String op, Supplier<Reply> read) {
    return call(op, () -> turn(read), Reply::refused);
  }

  /// Runs work outside any request (events that follow a change); a failure is one line in the log.
  public void run(String name, Runnable work) {
    if (!admitted()) {
      log.warn("left out work={} reason=too_much_waiting", name);
      return;
    }
    Supplier<Boolean> step =
        () -> {
          work.run();
          return true;
        };
    start(name, () -> turn(step), _ -> false);
  }

  /// Runs work of several steps, which may wait for more than the database: it holds no connection
  /// but in the steps that it puts into a [#turn]. Never fails: what goes wrong is `refused`.
  public <T> CompletionStage<T> call(
      String name, Supplier<T> work, Function<Refusal, ? extends T> refused) {
    return admitted()
        ? start(name, work, refused)
        : CompletableFuture.completedFuture(refused.apply(outage()));
  }

  /// Runs one step on the calling virtual thread once there is a connection for it. A step takes no
  /// other turn and waits for nobody who may be waiting for one.
  public <T extends @Nullable Object> T turn(Supplier<T> read) {
    running.acquireUninterruptibly();
    try {
      return read.get();
    } finally {
      running.release();
    }
  }

  /// The virtual threads themselves, for what follows on a stage.
  public Executor threads() {
    return threads;
  }

  public static Reply unavailable() {
    return Reply.refused(outage());
  }

  @Override
  public void close() {
    threads.close();
  }

  public static Refusal outage() {
    return Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again shortly", RETRY_AFTER_MS);
  }

  private boolean admitted() {
    if (inHand.incrementAndGet() <= WAITING_MAX) {
      return true;
    }
    inHand.decrementAndGet();
    return false;
  }

  private <T> CompletionStage<T> start(
      String name, Supplier<T> work, Function<Refusal, ? extends T> refused) {
    TraceId trace = TraceId.current();
    Supplier<T> admitted =
        () -> {
          try {
            return trace.with(() -> bounded(name, work, refused));
          } finally {
            inHand.decrementAndGet();
          }
        };
    try {
      return CompletableFuture.supplyAsync(admitted, threads);
    } catch (RejectedExecutionException _) { // it is closed
      inHand.decrementAndGet();
      return CompletableFuture.completedFuture(refused.apply(outage()));
    }
  }

  private static <T> T bounded(
      String name, Supplier<T> work, Function<Refusal, ? extends T> refused) {
    try {
      return work.get();
    } catch (InvalidFieldException e) {
      return refused.apply(e.refusal());
    } catch (RedisException e) {
      log.warn("Redis failed op={} reason={}", name, e.getMessage());
      return refused.apply(outage());
    } catch (RuntimeException | Error e) {
      return refused.apply(failure(name, e));
    }
  }

  /// Without a stack where MySQL is merely out of reach: every request says so then.
  private static Refusal failure(String name, Throwable e) {
    SqlFailure failure = SqlFailure.of(e);
    switch (failure) {
      case BUG -> log.error("bug op={}", name, e);
      case CONTENTION -> log.warn("database failed op={}", name, e);
      case LOST, AWAY -> log.warn("database failed op={} reason={}", name, SqlFailure.reason(e));
    }
    return failure == SqlFailure.BUG ? Refusal.of(ErrorCode.INTERNAL, "internal error") : outage();
  }
}
