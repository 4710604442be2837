package io.hongbao.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class PinnedTest {

  private final TestService service;
  private long owner;
  private long member;
  private long stranger;
  private long group;

  PinnedTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void pinEverySecondOfTen() {
    List<Long> users = service.users(3);
    owner = users.get(0);
    member = users.get(1);
    stranger = users.get(2);
    group = service.group(List.of(owner, member));
    for (int i = 0; i < 10; i++) {
      TestService.data(service.send(member, group, "k" + i, "text " + i).join());
    }
    for (int seq = 3; seq <= 12; seq += 2) {
      service.ok(owner, "message.pin", json("\"seq\": " + seq));
    }
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void comesInPagesTheLastPinnedFirst() {
    assertThat(pinned(member, 2)).containsExactly(11L, 9L, 7L, 5L, 3L);
    assertThat(pinned(member, 5)).hasSize(5);
    assertThat(pinned(member, 200)).hasSize(5);
  }

  @Test
  void pinnedAgainIsFirst() {
    service.ok(owner, "message.unpin", json("\"seq\": 5"));
    service.ok(owner, "message.pin", json("\"seq\": 5"));
    assertThat(pinned(member, 3)).containsExactly(5L, 11L, 9L, 7L, 3L);
  }

  @Test
  void recalledIsPinnedNoMore() {
    service.ok(owner, "message.recall", json("\"seq\": 7"));
    assertThat(pinned(member, 3)).containsExactly(11L, 9L, 5L, 3L);
    assertThat(service.query("SELECT pins FROM chat_group WHERE group_id = " + group))
        .containsExactly("4");
  }

  @Test
  void hasReactionsWhereverTheyAre() {
    service.ok(owner, "message.react", json("\"seq\": 3, \"emoji\": \"👍\""));
    service.ok(member, "message.react", json("\"seq\": 11, \"emoji\": \"🎉\""));
    service.ok(owner, "message.react", json("\"seq\": 11, \"emoji\": \"🎉\""));
    service.ok(owner, "message.react", json("\"seq\": 12, \"emoji\": \"👎\""));
    JsonNode pinned = service.ok(owner, "message.pinned", json("\"limit\": 5")).get("pinned");
    assertThat(pinned.get(0).get("message").get("reactions").toString())
        .isEqualTo("[{\"emoji\":\"🎉\",\"count\":2,\"mine\":true}]");
    assertThat(pinned.get(1).get("message").has("reactions")).isFalse();
    assertThat(pinned.get(4).get("message").get("reactions").toString())
        .isEqualTo("[{\"emoji\":\"👍\",\"count\":1,\"mine\":true}]");
    assertThat(
            service
                .ok(member, "message.pinned", json("\"limit\": 5"))
                .get("pinned")
                .get(4)
                .get("message")
                .get("reactions")
                .toString())
        .isEqualTo("[{\"emoji\":\"👍\",\"count\":1}]");
  }

  @Test
  void showsWhatItsReaderMaySee() {
    service.ok(owner, "group.update", json("\"rules\": {\"historyPolicy\": \"since_join\"}"));
    service.ok(owner, "group.invite", json("\"userIds\": [\"%d\"]".formatted(stranger)));
    assertThat(pinned(stranger, 50)).isEmpty();
    TestService.data(service.send(member, group, "later", "later").join());
    service.ok(owner, "message.pin", json("\"seq\": 20"));
    assertThat(pinned(stranger, 50)).containsExactly(20L);
    assertThat(pinned(owner, 50)).hasSize(6);
  }

  /// The entries on all pages.
  private List<Long> pinned(long userId, int limit) {
    var seqs = new ArrayList<Long>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = service.ok(userId, "message.pinned", json("\"limit\": " + limit + cursor));
      page.get("pinned").forEach(pin -> seqs.add(pin.get("message").get("seq").longValue()));
      JsonNode next = page.get("nextCursor");
      cursor = next == null ? null : ", \"cursor\": \"" + next.textValue() + "\"";
    }
    return seqs;
  }

  private String json(String fields) {
    return "{\"groupId\": \"%d\", %s}".formatted(group, fields);
  }
}
