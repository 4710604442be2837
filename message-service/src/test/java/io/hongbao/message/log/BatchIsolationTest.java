package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.Origin;
import io.micrometer.core.instrument.DistributionSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// One command that goes wrong must not take its batch down.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class BatchIsolationTest {

  private final TestService service;
  private List<Long> users = List.of();
  private long group;

  BatchIsolationTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeAGroup() {
    users = service.users(2);
    group = service.group(users);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void aCommandThatTheDatabaseRefusesFailsAlone() throws SQLException {
    var tooLong =
        new GroupCommand.Send(
            new Origin(group, users.get(1), 1),
            "k".repeat(300),
            1,
            EntryType.TEXT,
            "{}",
            null,
            Mentions.NONE);
    failsAlone(() -> service.lanes().submit(tooLong).toCompletableFuture());
  }

  @Test
  void aCommandThatTheRulesTripOverFailsAlone() throws SQLException {
    TestService.data(service.send(users.get(1), group, "target", "text").join());
    service.update("UPDATE message SET mentions = '[oops' WHERE seq = 3 AND group_id = " + group);
    String recall = "{\"groupId\": \"%d\", \"seq\": 3}".formatted(group);
    failsAlone(() -> service.ask(users.get(1), "message.recall", recall));
  }

  /// Asks it in one batch with others: the lane is kept waiting until all of them have queued.
  private void failsAlone(Supplier<CompletableFuture<Reply>> asked) throws SQLException {
    var good = new ArrayList<CompletableFuture<Reply>>();
    CompletableFuture<Reply> bad;
    long batches = batches();
    try (Connection holder = service.database().pool().getConnection();
        Statement lock = holder.createStatement()) {
      lock.execute(
          "SELECT version FROM chat_group WHERE group_id = %d FOR UPDATE".formatted(group));
      good.add(service.send(users.get(0), group, "before", "text"));
      await().until(() -> batches() == batches + 1);
      bad = asked.get();
      for (int i = 0; i < 20; i++) {
        good.add(service.send(users.get(0), group, "good" + i, "text"));
      }
      holder.rollback();
    }
    assertThat(TestService.code(bad.join())).isEqualTo("internal");
    long first = TestService.data(good.getFirst().join()).get("seq").longValue();
    for (int i = 0; i < good.size(); i++) {
      assertThat(TestService.data(good.get(i).join()).get("seq").longValue()).isEqualTo(first + i);
    }
    assertThat(batches()).isEqualTo(batches + 2);
  }

  private long batches() {
    return service.meters().find("hongbao.lane.batch").summaries().stream()
        .mapToLong(DistributionSummary::count)
        .sum();
  }
}
