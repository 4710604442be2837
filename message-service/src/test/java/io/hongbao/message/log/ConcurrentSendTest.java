package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class ConcurrentSendTest {

  private static final int SENDERS = 20;
  private static final int EACH = 50;

  private final TestServices services;

  ConcurrentSendTest(TestServices services) {
    this.services = services;
  }

  @Test
  void twentySendersMakeOneGaplessLog() {
    try (TestService service = TestService.start(services)) {
      List<Long> users = service.users(SENDERS);
      long group = service.group(users);
      Map<String, JsonNode> answers = sendAll(List.of(service), users, group);
      assertLogHoldsEachOnce(service, group, answers);

      await().until(() -> service.published().events(group).size() == SENDERS * EACH + 2);
      List<LogRun> runs = service.published().runs(group);
      for (int i = 1; i < runs.size(); i++) {
        assertThat(runs.get(i).firstSeq()).isEqualTo(runs.get(i - 1).lastSeq() + 1);
      }
      assertThat(runs).hasSizeLessThan(SENDERS * EACH);
      assertEachSendersOrder(
          service.published().events(group).stream()
              .skip(2)
              .map(event -> event.get("clientMessageId").textValue())
              .toList());
    }
  }

  @Test
  void twoServicesOnOneGroupMakeOneGaplessLog() {
    try (TestService one = TestService.start(services);
        TestService two = TestService.start(services)) {
      List<Long> users = one.users(SENDERS);
      long group = one.group(users);
      Map<String, JsonNode> answers = sendAll(List.of(one, two), users, group);
      assertLogHoldsEachOnce(one, group, answers);
      assertEachSendersOrder(
          one.query(
              "SELECT CONVERT(client_message_id USING utf8mb4) FROM message"
                  + " WHERE type = 'TEXT' AND group_id = %d ORDER BY seq".formatted(group)));
      await()
          .until(
              () ->
                  one.published().events(group).size() + two.published().events(group).size()
                      == SENDERS * EACH + 2);
    }
  }

  /// Each user sends in a virtual thread of its own, pipelined, through one of the services.
  private static Map<String, JsonNode> sendAll(
      List<TestService> through, List<Long> users, long group) {
    var answers = new ConcurrentLinkedQueue<Map.Entry<String, JsonNode>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < users.size(); sender++) {
        long user = users.get(sender);
        TestService service = through.get(sender % through.size());
        String name = "s" + sender;
        threads.execute(
            () -> {
              var replies = new ArrayList<CompletableFuture<Reply>>();
              for (int i = 0; i < EACH; i++) {
                replies.add(service.send(user, group, name + "-" + i, "text"));
                if (ThreadLocalRandom.current().nextInt(4) == 0) {
                  replies.getLast().join();
                }
              }
              for (int i = 0; i < EACH; i++) {
                answers.add(Map.entry(name + "-" + i, TestService.data(replies.get(i).join())));
              }
            });
      }
    }
    var byKey = new HashMap<String, JsonNode>();
    answers.forEach(answer -> byKey.put(answer.getKey(), answer.getValue()));
    return byKey;
  }

  private static void assertLogHoldsEachOnce(
      TestService service, long group, Map<String, JsonNode> answers) {
    List<String> rows =
        service.query(
            """
            SELECT CONCAT_WS(' ', seq, counted, CONVERT(client_message_id USING utf8mb4), message_id)
            FROM message WHERE group_id = %d ORDER BY seq
            """
                .formatted(group));
    assertThat(rows).hasSize(SENDERS * EACH + 2);
    assertThat(answers).hasSize(SENDERS * EACH);
    assertThat(rows.stream().mapToLong(row -> Long.parseLong(row.split(" ", -1)[0])))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, SENDERS * EACH + 2L).boxed().toList());
    for (String row : rows.subList(2, rows.size())) {
      String[] column = row.split(" ", -1);
      JsonNode answer = Objects.requireNonNull(answers.get(column[2]), row);
      assertThat(answer.get("seq").asText()).isEqualTo(column[0]);
      assertThat(answer.get("messageId").textValue()).isEqualTo(column[3]);
      assertThat(Long.parseLong(column[1])).isEqualTo(Long.parseLong(column[0]) - 2);
    }
    assertThat(
            service.query(
                "SELECT CONCAT_WS(' ', last_seq, counted, last_counted_seq, last_message_seq)"
                    + " FROM chat_group WHERE group_id = "
                    + group))
        .containsExactly("1002 1000 1002 1002");
  }

  private static void assertEachSendersOrder(List<String> keys) {
    for (int sender = 0; sender < SENDERS; sender++) {
      String name = "s" + sender + "-";
      assertThat(keys.stream().filter(key -> key.startsWith(name)))
          .containsExactlyElementsOf(IntStream.range(0, EACH).mapToObj(i -> name + i).toList());
    }
  }
}
