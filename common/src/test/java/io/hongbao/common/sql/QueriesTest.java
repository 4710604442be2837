package io.hongbao.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.InvalidFieldException;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueriesTest {

  private final Queries queries = new Queries(2);

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void runsNoMoreAtOnceThanThereAreConnections() {
    var door = new CountDownLatch(1);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var replies = new ArrayList<CompletionStage<Reply>>();
    for (int i = 0; i < 200; i++) {
      replies.add(
          queries.reply(
              "test",
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                boolean passed = pass(door);
                running.decrementAndGet();
                return Reply.of(passed);
              }));
    }
    await().until(() -> running.get() >= 2);
    door.countDown();

    assertThat(replies)
        .allSatisfy(reply -> assertThat(join(reply)).isInstanceOf(Reply.Success.class));
    assertThat(most).hasValue(2);
  }

  @Test
  void worksForTheRequestThatItsCallerWorksFor() {
    TraceId trace = TraceId.next();

    CompletionStage<TraceId> seen =
        trace.with(
            () -> queries.call("test", () -> queries.turn(TraceId::current), _ -> TraceId.NONE));

    assertThat(join(seen)).isEqualTo(trace);
  }

  @Test
  void workOutsideATurnKeepsNobodyFromTheDatabase() {
    var door = new CountDownLatch(1);
    var slow = new ArrayList<CompletionStage<Boolean>>();
    for (int i = 0; i < 10; i++) {
      slow.add(queries.call("slow", () -> pass(door), _ -> false));
    }
    assertThat(join(queries.reply("test", () -> Reply.of(true)))).isInstanceOf(Reply.Success.class);
    door.countDown();
    assertThat(slow).allSatisfy(one -> assertThat(join(one)).isTrue());
  }

  @Test
  void refusesBeyondItsBoundAndTakesWorkAgainAfterwards() {
    var door = new CountDownLatch(1);
    var admitted = new ArrayList<CompletionStage<Boolean>>();
    for (int i = 0; i < Queries.WAITING_MAX; i++) {
      admitted.add(queries.call("slow", () -> pass(door), _ -> false));
    }
    assertThat(refusal(queries.reply("test", () -> Reply.of(true))))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(refusal.retryAfterMs()).isPositive();
            });
    door.countDown();
    admitted.forEach(QueriesTest::join);
    assertThat(join(queries.reply("test", () -> Reply.of(true)))).isInstanceOf(Reply.Success.class);
  }

  @Test
  void refusesOnceItIsClosed() {
    queries.close();
    assertThat(code(queries.reply("test", () -> Reply.of(true)))).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void answersEachKindOfFailureWithItsCode() {
    assertThat(code(failing(() -> new InvalidFieldException("limit", "is wrong"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(
            code(
                failing(
                    () ->
                        new PersistenceException("", new SQLTransientConnectionException("away")))))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(code(failing(() -> new PersistenceException(deadlock()))))
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(code(failing(() -> new PersistenceException(wrongStatement()))))
        .isEqualTo(ErrorCode.INTERNAL);
    assertThat(code(failing(() -> new RedisException("away")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(code(failing(() -> new IllegalStateException("a bug of this test"))))
        .isEqualTo(ErrorCode.INTERNAL);
  }

  private static SQLException deadlock() {
    return new SQLException("deadlock found", "40001", 1213);
  }

  private static SQLException wrongStatement() {
    return new SQLException("no such column", "42S22", 1054);
  }

  private CompletionStage<Reply> failing(Supplier<RuntimeException> failure) {
    return queries.reply(
        "test",
        () -> {
          throw failure.get();
        });
  }

  private static boolean pass(CountDownLatch door) {
    try {
      door.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ErrorCode code(CompletionStage<Reply> reply) {
    return refusal(reply).code();
  }

  private static Refusal refusal(CompletionStage<Reply> reply) {
    return switch (join(reply)) {
      case Reply.Success _ -> throw new AssertionError("succeeded");
      case Reply.Failure(var refusal) -> refusal;
    };
  }

  private static <T> T join(CompletionStage<T> stage) {
    return ((CompletableFuture<T>) stage).join();
  }
}
