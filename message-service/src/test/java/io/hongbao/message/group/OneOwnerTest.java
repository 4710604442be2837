package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Members who hand a group over to each other, leave, come back, promote, demote and remove each
/// other all at once, by way of two processes that each hold the group: it has one owner always.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class OneOwnerTest {

  private static final int ROUNDS = 40;
  private static final int AT_ONCE = 20;

  private final List<TestService> services;
  private final Random random = new Random(7);

  OneOwnerTest(TestServices services) {
    this.services = List.of(TestService.start(services), TestService.start(services));
  }

  @AfterAll
  void close() {
    services.forEach(TestService::close);
  }

  @Test
  void isKeptWhateverRaces() {
    TestService service = services.getFirst();
    List<Long> users = service.users(5);
    long group = service.group(users);
    service.ok(users.getFirst(), "group.update", in(group, "\"rules\":{\"joinPolicy\":\"open\"}"));
    int transfers = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var replies = new ArrayList<CompletableFuture<Reply>>();
      for (int i = 0; i < AT_ONCE; i++) {
        replies.add(askSomething(group, users));
      }
      replies.forEach(CompletableFuture::join);
      assertThat(
              service.query(
                  "SELECT user_id FROM group_member WHERE role = 'OWNER' AND group_id = " + group))
          .isEqualTo(service.query("SELECT owner_id FROM chat_group WHERE group_id = " + group))
          .hasSize(1);
    }
    String owner = users.getFirst().toString();
    for (String content :
        service.query("SELECT content FROM message WHERE group_id = " + group + " ORDER BY seq")) {
      JsonNode entry = json(content);
      if (entry.get("kind").textValue().equals("owner_changed")) {
        assertThat(entry.get("actorId").textValue()).isEqualTo(owner);
        owner = entry.get("targetIds").get(0).textValue();
        transfers++;
      }
    }
    assertThat(transfers).isPositive();
    assertThat(service.query("SELECT owner_id FROM chat_group WHERE group_id = " + group))
        .containsExactly(owner);
    assertThat(service.query("SELECT member_count FROM chat_group WHERE group_id = " + group))
        .isEqualTo(service.query("SELECT COUNT(*) FROM group_member WHERE group_id = " + group));
  }

  private CompletableFuture<Reply> askSomething(long group, List<Long> users) {
    long actor = users.get(random.nextInt(users.size()));
    String target = "\"userId\": \"%d\"".formatted(users.get(random.nextInt(users.size())));
    TestService service = services.get(random.nextInt(2));
    return switch (random.nextInt(9)) {
      case 0, 1, 2, 3 -> service.ask(actor, "group.transfer", in(group, target));
      case 4 -> service.ask(actor, "group.set_role", in(group, target + ", \"role\": \"admin\""));
      case 5 -> service.ask(actor, "group.set_role", in(group, target + ", \"role\": \"member\""));
      case 6 -> service.ask(actor, "group.leave", in(group, "\"more\": true"));
      case 7 ->
          service.ask(
              actor,
              "group.remove",
              in(group, target.replace("userId", "userIds").replaceFirst(": (.*)", ": [$1]")));
      default -> service.ask(actor, "group.join", in(group, "\"more\": true"));
    };
  }

  private static JsonNode json(String text) {
    return TestService.data(new Reply.Success(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String in(long group, String fields) {
    return "{\"groupId\": \"%d\", %s}".formatted(group, fields);
  }
}
