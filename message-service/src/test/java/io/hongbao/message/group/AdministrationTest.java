package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What owner and admins do, from the request to the tables, the events and the answers.
@ExtendWith(EmbeddedServices.class)
final class AdministrationTest {

  private final TestService service;
  private List<Long> users = List.of();
  private long owner;
  private long admin;
  private long member;
  private long group;

  AdministrationTest(TestServices services) {
    this.service = TestService.start(services);
  }

  @BeforeEach
  void makeGroup() {
    users = service.users(4);
    owner = users.get(0);
    admin = users.get(1);
    member = users.get(2);
    group = service.group(users.subList(0, 3));
    ok(owner, "group.set_role", "\"userId\": \"%d\", \"role\": \"admin\"".formatted(admin));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void everyActIsOneEntryForAll() {
    ok(owner, "group.update", "\"name\": \"new\", \"rules\": {\"joinPolicy\": \"approval\"}");
    ok(admin, "group.mute", "\"userId\": \"%d\", \"untilAt\": 1900000000000".formatted(member));
    ok(admin, "group.remove", "\"userIds\": [\"%d\"]".formatted(member));
    ok(owner, "group.transfer", "\"userId\": \"%d\"".formatted(admin));
    ok(admin, "group.dissolve", "");
    assertThat(contents())
        .containsExactly(
            "{'kind':'group_created','actorId':'A','name':'group'}",
            "{'kind':'members_joined','actorId':'A','targetIds':['B','C']}",
            "{'kind':'role_changed','actorId':'A','targetIds':['B'],'role':'admin'}",
            "{'kind':'group_updated','actorId':'A','name':'new','rules':{'joinPolicy':'approval'}}",
            "{'kind':'member_muted','actorId':'B','targetIds':['C'],'untilAt':1900000000000}",
            "{'kind':'members_removed','actorId':'B','targetIds':['C']}",
            "{'kind':'owner_changed','actorId':'A','targetIds':['B']}",
            "{'kind':'group_dissolved','actorId':'B'}");
  }

  private List<String> contents() {
    return service.published().events(group).stream()
        .map(event -> event.get("content").toString())
        .map(this::named)
        .toList();
  }

  /// With letters for the users and single quotes.
  private String named(String json) {
    String named = json.replace('"', '\'');
    for (int i = 0; i < users.size(); i++) {
      named = named.replace(users.get(i).toString(), String.valueOf((char) ('A' + i)));
    }
    return named;
  }

  private JsonNode ok(long userId, String op, String fields) {
    return service.ok(userId, op, json(fields));
  }

  private String json(String fields) {
    return "{\"groupId\": \"" + group + "\"" + (fields.isEmpty() ? "" : ", ") + fields + "}";
  }
}
