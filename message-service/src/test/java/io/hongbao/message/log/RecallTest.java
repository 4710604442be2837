package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class RecallTest {

  private final TestService service;
  private long owner;
  private long member;
  private long other;
  private long group;

  RecallTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeAGroup() {
    List<Long> users = service.users(3);
    owner = users.get(0);
    member = users.get(1);
    other = users.get(2);
    group = service.group(users);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void emptiesTheEntryAndWritesItsOwn() {
    sendMentioning("k");
    service.clock().forward(Duration.ofSeconds(90));
    JsonNode recalled = service.ok(member, "message.recall", recall(3));
    assertThat(recalled).hasToString("{\"seq\":4}");
    assertThat(row(3)).isEqualTo("TEXT {} - " + service.clock().millis());
    assertThat(row(4)).isEqualTo("RECALL {\"seq\":3} - -");
    assertThat(service.query("SELECT COUNT(*) FROM mention WHERE group_id = " + group))
        .containsExactly("0");
    assertThat(
            service.query(
                "SELECT CONCAT_WS(' ', seq, recall_seq) FROM recalled WHERE group_id = " + group))
        .containsExactly("3 4");
    assertThat(head()).isEqualTo("4 1 3 4");
    await().until(() -> service.published().events(group).size() == 4);
    assertThat(service.published().events(group).getLast().get("content"))
        .hasToString("{\"seq\":3}");
  }

  @Test
  void aRepeatWritesNothing() {
    sendMentioning("k");
    JsonNode first = service.ok(member, "message.recall", recall(3));
    service.clock().forward(TestService.RECALL_WINDOW.multipliedBy(2));
    assertThat(service.ok(member, "message.recall", recall(3))).isEqualTo(first);
    assertThat(service.ok(owner, "message.recall", recall(3))).isEqualTo(first);
    assertThat(service.refused(other, "message.recall", recall(3))).isEqualTo("forbidden");
    service.ok(member, "group.leave", "{\"groupId\": \"%d\"}".formatted(group));
    assertThat(service.ok(member, "message.recall", recall(3))).isEqualTo(first);
    assertThat(head()).isEqualTo("5 1 3 4");
  }

  @Test
  void afterTheWindowOnlyALeaderMay() {
    sendMentioning("k");
    service.clock().forward(TestService.RECALL_WINDOW.plusMillis(1));
    assertThat(service.refused(member, "message.recall", recall(3))).isEqualTo("recall_too_late");
    assertThat(service.ok(owner, "message.recall", recall(3))).hasToString("{\"seq\":4}");
  }

  @Test
  void refusesWhatNobodyTakesBack() {
    assertThat(service.refused(owner, "message.recall", recall(1))).isEqualTo("invalid_argument");
    assertThat(service.refused(owner, "message.recall", recall(3))).isEqualTo("not_found");
  }

  @Test
  void aMessageIsTakenBackInTheBatchThatItIsSentIn() {
    var sent = service.send(member, group, "k", "text");
    var recalled = service.ask(member, "message.recall", recall(3));
    var repeated = service.ask(member, "message.recall", recall(3));
    TestService.data(sent.join());
    assertThat(TestService.data(recalled.join())).hasToString("{\"seq\":4}");
    assertThat(TestService.data(repeated.join())).hasToString("{\"seq\":4}");
    assertThat(row(3)).isEqualTo("TEXT {} - " + service.clock().millis());
  }

  private void sendMentioning(String key) {
    service.ok(
        member,
        "message.send",
        """
        {"groupId": "%d", "clientMessageId": "%s", "type": "text", "content": {"text": "secret"},
         "mentions": ["%d", "%d"]}
        """
            .formatted(group, key, owner, other));
  }

  private String recall(long seq) {
    return "{\"groupId\": \"%d\", \"seq\": %d}".formatted(group, seq);
  }

  private String row(long seq) {
    return service
        .query(
            """
            SELECT CONCAT_WS(' ', type, content, COALESCE(mentions, '-'),
              COALESCE(recalled_at, '-'))
            FROM message WHERE group_id = %d AND seq = %d
            """
                .formatted(group, seq))
        .getFirst();
  }

  private String head() {
    return service
        .query(
            """
            SELECT CONCAT_WS(' ', last_seq, counted, last_counted_seq, last_message_seq)
            FROM chat_group WHERE group_id = %d
            """
                .formatted(group))
        .getFirst();
  }
}
