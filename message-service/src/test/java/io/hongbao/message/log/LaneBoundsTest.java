package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class LaneBoundsTest {

  private final TestService service;
  private final List<Long> users;
  private final long group;

  LaneBoundsTest(TestServices services) {
    this.service = TestService.start(services);
    this.users = service.users(2);
    this.group = service.group(users);
  }

  @Test
  void whatDoesNotFitInTheQueueIsUnavailable() throws SQLException {
    try (service) {
      var taken = new ArrayList<CompletableFuture<Reply>>();
      CompletableFuture<Reply> refused;
      try (var connection = lockTheGroup()) {
        taken.add(service.send(users.get(0), group, "first", "text"));
        await().until(() -> depth() == 0);
        for (int i = 0; i < Lane.QUEUE_MAX; i++) {
          taken.add(service.send(users.get(0), group, "k" + i, "text"));
        }
        refused = service.send(users.get(0), group, "one too many", "text");
        assertThat(refused).isCompleted();
        assertThat(depth()).isEqualTo(Lane.QUEUE_MAX);
        connection.rollback();
      }
      assertThat(((Reply.Failure) refused.join()).refusal())
          .satisfies(
              refusal -> {
                assertThat(refusal.code().wireName()).isEqualTo("unavailable");
                assertThat(refusal.retryAfterMs()).isPositive();
              });
      for (int i = 0; i < taken.size(); i++) {
        assertThat(TestService.data(taken.get(i).join()).get("seq").longValue()).isEqualTo(3 + i);
      }
    }
  }

  @Test
  void aBatchIsBounded() throws SQLException {
    try (service) {
      var replies = new ArrayList<CompletableFuture<Reply>>();
      try (var connection = lockTheGroup()) {
        replies.add(service.send(users.get(0), group, "first", "text"));
        await().until(() -> depth() == 0);
        for (int i = 0; i < 3 * Lane.BATCH_MAX; i++) {
          replies.add(service.send(users.get(0), group, "k" + i, "text"));
        }
        connection.rollback();
      }
      replies.forEach(reply -> TestService.data(reply.join()));
      double largest =
          service.meters().get("hongbao.lane.batch").summaries().stream()
              .mapToDouble(batch -> batch.max())
              .max()
              .orElse(0);
      assertThat(largest).isEqualTo(Lane.BATCH_MAX);
    }
  }

  @Test
  void aBatchThatOthersKeepOvertakingIsUnavailable() {
    try (service) {
      // An entry beyond the head of the log, as no process of ours leaves it: every try meets it.
      service.update(
          """
          INSERT INTO message
            (group_id, seq, message_id, sender_id, type, countable, counted, content, sent_at)
          VALUES (%d, 3, 1, 1, 'TEXT', 1, 1, '{}', 0)
          """
              .formatted(group));
      Reply reply = service.send(users.get(0), group, "k", "text").join();
      assertThat(TestService.code(reply)).isEqualTo("unavailable");
      double redone =
          service.meters().get("hongbao.lane.redo").counters().stream()
              .mapToDouble(counter -> counter.count())
              .sum();
      assertThat(redone).isEqualTo(Lane.ATTEMPTS_MAX);

      service.update("DELETE FROM message WHERE group_id = %d AND seq = 3".formatted(group));
      Reply again = service.send(users.get(0), group, "k", "text").join();
      assertThat(TestService.data(again).get("seq").longValue()).isEqualTo(3);
    }
  }

  @Test
  void closingWritesWhatIsQueued() {
    var replies = new ArrayList<CompletableFuture<Reply>>();
    for (int i = 0; i < 1_000; i++) {
      replies.add(service.send(users.get(0), group, "k" + i, "text"));
    }
    service.lanes().close();
    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply).isCompleted();
      TestService.data(reply.join());
    }
    assertThat(TestService.code(service.send(users.get(0), group, "late", "text").join()))
        .isEqualTo("unavailable");
    service.close();
  }

  @Test
  void closingDoesNotWaitForEver() throws SQLException {
    try (var connection = lockTheGroup()) {
      var reply = service.send(users.get(0), group, "k", "text");
      await().until(() -> depth() == 0);
      var queued = service.send(users.get(0), group, "k2", "text");
      var closing = CompletableFuture.runAsync(service.lanes()::close);
      assertThat(closing).succeedsWithin(Duration.ofSeconds(8));
      assertThat(TestService.code(queued.join())).isEqualTo("unavailable");
      assertThat(reply).isNotDone();
      connection.rollback();
      TestService.data(reply.join());
    }
    service.close();
  }

  @Test
  void aBatchIsAHandfulOfRoundTrips() throws SQLException {
    try (service) {
      List<Long> groups = List.of(group, service.group(users), service.group(users));
      for (long each : groups) {
        TestService.data(service.send(users.get(0), each, "warm", "text").join());
      }
      double batchesBefore = batches();
      long before;
      var replies = new ArrayList<CompletableFuture<Reply>>();
      try (var connection = lockTheGroup()) {
        replies.add(service.send(users.get(0), group, "first", "text"));
        await().until(() -> depth() == 0);
        before = statements();
        for (int i = 0; i < 240; i++) {
          long each = groups.get(i % 3);
          replies.add(service.send(users.get(i % 2), each, "k" + i, "text"));
        }
        connection.rollback();
      }
      replies.forEach(reply -> TestService.data(reply.join()));
      double batches = batches() - batchesBefore;
      assertThat(batches).isLessThanOrEqualTo(10);
      assertThat(statements() - before).isLessThanOrEqualTo((long) (8 * batches) + 2);
    }
  }

  private Connection lockTheGroup() throws SQLException {
    var connection = service.database().pool().getConnection();
    try (var statement = connection.createStatement()) {
      statement.executeQuery(
          "SELECT version FROM chat_group WHERE group_id = %d FOR UPDATE".formatted(group));
    }
    return connection;
  }

  private double depth() {
    return service.meters().get("hongbao.lane.queue").gauges().stream()
        .mapToDouble(gauge -> gauge.value())
        .sum();
  }

  private double batches() {
    return service.meters().get("hongbao.lane.batch").summaries().stream()
        .mapToDouble(batch -> batch.count())
        .sum();
  }

  /// Statements that the server has been sent by anybody.
  private long statements() {
    return Long.parseLong(service.query("SHOW GLOBAL STATUS LIKE 'Questions'").getFirst());
  }
}
