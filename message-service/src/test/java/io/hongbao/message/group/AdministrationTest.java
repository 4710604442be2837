package io.hongbao.message.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.ArrayList;
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

  @Test
  void listsAreForOwnerAndAdmins() {
    for (String op : List.of("group.requests", "group.bans", "group.audit")) {
      service.ok(owner, op, json(""));
      service.ok(admin, op, json(""));
      assertThat(service.refused(member, op, json(""))).as(op).isEqualTo("forbidden");
      assertThat(service.refused(users.get(3), op, json(""))).as(op).isEqualTo("not_a_member");
    }
  }

  @Test
  void theAuditKeepsWhatWasEditedAndRecalled() {
    TestService.data(service.send(member, group, "k", "first").join());
    ok(member, "message.edit", "\"seq\": 4, \"content\": {\"text\": \"second\"}");
    ok(admin, "message.recall", "\"seq\": 4");

    assertThat(contents().subList(3, 6))
        .containsExactly("{'text':'first'}", "{'seq':4,'text':'second'}", "{'seq':4}");
    assertThat(
            service.query(
                "SELECT content FROM message WHERE seq IN (4, 5) AND group_id = " + group))
        .containsExactly("{}", "{\"seq\":4}");
    JsonNode records = ok(owner, "group.audit", "\"limit\": 2").get("records");
    assertThat(records.get(0).get("action").textValue()).isEqualTo("message_recalled");
    assertThat(named(records.get(1).get("before").toString()))
        .isEqualTo("{'seq':4,'content':{'text':'first'}}");
    assertThat(named(records.get(1).get("after").toString()))
        .isEqualTo("{'seq':4,'content':{'text':'second'}}");
  }

  @Test
  void aTextIsReplacedABoundedNumberOfTimes() {
    TestService.data(service.send(member, group, "k", "first").join());
    for (int i = 1; i <= EditRules.EDITS_MAX; i++) {
      ok(member, "message.edit", textJson("edit " + i));
    }
    assertThat(service.refused(member, "message.edit", json(textJson("one more"))))
        .isEqualTo("limit_reached");
    ok(member, "message.edit", textJson("edit " + EditRules.EDITS_MAX));
  }

  private static String textJson(String text) {
    return "\"seq\": 4, \"content\": {\"text\": \"%s\"}".formatted(text);
  }

  @Test
  void theAuditComesInPages() {
    for (int i = 0; i < 5; i++) {
      ok(owner, "group.update", "\"name\": \"name %d\"".formatted(i));
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = ok(admin, "group.audit", "\"limit\": 3" + cursor);
      page.get("records").forEach(line -> seen.add(named(line.path("after").toString())));
      cursor =
          page.has("nextCursor")
              ? ", \"cursor\": \"" + page.get("nextCursor").textValue() + "\""
              : null;
    }
    assertThat(seen)
        .containsExactly(
            "{'name':'name 4'}",
            "{'name':'name 3'}",
            "{'name':'name 2'}",
            "{'name':'name 1'}",
            "{'name':'name 0'}",
            "{'role':'admin'}",
            "{'name':'group'}");
  }

  @Test
  void aGroupHasAnAvatar() {
    service.media().putAvatar(owner, 70);
    service.media().putAvatar(admin, 80);
    assertThat(ok(owner, "group.update", "\"avatarMediaId\": \"70\"").at("/group/avatarUrl"))
        .isEqualTo(TextNode.valueOf("/avatars/70"));
    ok(admin, "group.update", "\"avatarMediaId\": \"80\", \"name\": \"new\"");
    ok(admin, "group.update", "\"avatarMediaId\": \"80\"");
    assertThat(ok(owner, "group.update", "\"name\": \"newer\"").at("/group/avatarUrl"))
        .isEqualTo(TextNode.valueOf("/avatars/80"));

    assertThat(ok(member, "group.get", "").at("/group/avatarUrl").textValue())
        .isEqualTo("/avatars/80");
    assertThat(contents().subList(3, contents().size()))
        .containsExactly(
            "{'kind':'group_updated','actorId':'A','avatarMediaId':'70'}",
            "{'kind':'group_updated','actorId':'B','name':'new','avatarMediaId':'80'}",
            "{'kind':'group_updated','actorId':'A','name':'newer'}");
    JsonNode act = ok(owner, "group.audit", "\"limit\": 2").get("records").get(1);
    assertThat(named(act.get("before").toString()))
        .isEqualTo("{'name':'group','avatarMediaId':'70'}");
    assertThat(named(act.get("after").toString())).isEqualTo("{'name':'new','avatarMediaId':'80'}");
  }

  @Test
  void aGroupsAvatarIsOfWhoMayChangeItAndOnesOwn() {
    service.media().putAvatar(member, 70);
    String avatar = json("\"name\": \"new\", \"avatarMediaId\": \"70\"");
    assertThat(service.refused(member, "group.update", avatar)).isEqualTo("forbidden");
    assertThat(service.refused(owner, "group.update", avatar)).isEqualTo("not_found");
    assertThat(service.refused(users.get(3), "group.update", avatar)).isEqualTo("not_a_member");
    assertThat(contents()).hasSize(3);
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
