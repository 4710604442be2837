package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class SendTest {

  private final TestService service;
  private List<Long> users = List.of();
  private long group;

  SendTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeAGroup() {
    users = service.users(4);
    group = service.group(users.subList(0, 3));
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void storesWhatWasSentAsItWasSent() {
    String text = "红包 \\\"🧧\\\" \\u0000 \\\\ O'Neill";
    JsonNode sent = TestService.data(service.send(users.get(1), group, "schlüssel", text).join());
    assertThat(sent.get("seq").longValue()).isEqualTo(3);
    assertThat(sent.get("messageId").isTextual()).isTrue();
    assertThat(sent.has("duplicate")).isFalse();
    assertThat(service.query("SELECT content FROM message WHERE seq = 3 AND group_id = " + group))
        .containsExactly("{\"text\":\"红包 \\\"🧧\\\" \\u0000 \\\\ O'Neill\"}");
    assertThat(
            service.query(
                "SELECT CONCAT_WS(' ', message_id, sender_id, type, countable, counted, sent_at,"
                    + " CONVERT(client_message_id USING utf8mb4))"
                    + " FROM message WHERE seq = 3 AND group_id = "
                    + group))
        .containsExactly(
            "%s %d TEXT 1 1 %d schlüssel"
                .formatted(
                    sent.get("messageId").textValue(),
                    users.get(1),
                    sent.get("sentAt").longValue()));
  }

  @Test
  void tellsTheMembers() {
    JsonNode sent =
        service.ok(
            users.get(0),
            "message.send",
            """
            {"groupId": "%d", "clientMessageId": "k", "type": "text", "content": {"text": "hé 🧧"},
             "replyToSeq": 2, "mentions": ["%d", "all", "%d"]}
            """
                .formatted(group, users.get(1), users.get(1)));
    await().until(() -> service.published().events(group).size() == 3);
    JsonNode event = service.published().events(group).getLast();
    assertThat(event)
        .hasToString(
            "{\"messageId\":\"%s\",\"groupId\":\"%d\",\"seq\":3,\"senderId\":\"%d\",\"type\":\"text\",\"content\":{\"text\":\"hé 🧧\"},\"sentAt\":%d,\"clientMessageId\":\"k\",\"replyToSeq\":2,\"mentions\":[\"%d\",\"all\"]}"
                .formatted(
                    sent.get("messageId").textValue(),
                    group,
                    users.get(0),
                    sent.get("sentAt").longValue(),
                    users.get(1)));
    assertThat(
            service.query(
                "SELECT user_id FROM mention WHERE seq = 3 AND group_id = "
                    + group
                    + " ORDER BY user_id"))
        .containsExactly("0", String.valueOf(users.get(1)));
  }

  @Test
  void refusesWhoIsNoMember() {
    assertThat(TestService.code(service.send(users.get(3), group, "k", "hi").join()))
        .isEqualTo("not_a_member");
    assertThat(TestService.code(service.send(users.get(3), 12345, "k", "hi").join()))
        .isEqualTo("not_found");
  }
}
