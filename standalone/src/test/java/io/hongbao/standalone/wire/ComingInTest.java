package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ways into a group over the wire: requests and their deciding, codes, bans.
@ExtendWith(ServerExtension.class)
final class ComingInTest {

  private final int port;

  ComingInTest(Server server) {
    this.port = server.port();
  }

  @Test
  void ownerAndAdminsHearOfARequestAndLetSomebodyIn() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid");
        var dan = WireClient.join(port, "Dan")) {
      String group = ann.createGroup("friends", bob.userId(), cid.userId());
      ann.ask("group.set_role", Map.of("groupId", group, "userId", bob.userId(), "role", "admin"));
      rules(ann, group, Map.of("joinPolicy", "approval", "joinQuestion", "Why?"));

      JsonNode seen = dan.ask("group.get", Map.of("groupId", group)).get("group");
      assertThat(seen.get("rules").get("joinQuestion").textValue()).isEqualTo("Why?");
      JsonNode refused = dan.refused("group.join", Map.of("groupId", group, "message", " "));
      assertThat(refused.get("field").textValue()).isEqualTo("message");
      Map<String, String> asking = Map.of("groupId", group, "message", "For fun.");
      assertThat(dan.ask("group.join", asking).get("status").textValue()).isEqualTo("pending");
      assertThat(dan.ask("group.join", asking).get("status").textValue()).isEqualTo("pending");

      JsonNode told = ann.await("join_request", _ -> true);
      assertThat(bob.await("join_request", _ -> true)).isEqualTo(told);
      JsonNode waiting = bob.ask("group.requests", Map.of("groupId", group)).get("requests");
      assertThat(waiting).hasSize(1);
      assertThat(waiting.get(0).get("message").textValue()).isEqualTo("For fun.");
      assertThat(waiting.get(0).get("user").get("nickname").textValue()).isEqualTo("Dan");
      Map<String, Object> yes =
          Map.of("requestId", told.get("requestId").textValue(), "accept", true);
      assertThat(cid.refusal("group.decide", yes)).isEqualTo("forbidden");
      assertThat(dan.refusal("group.decide", yes)).isEqualTo("not_a_member");
      bob.ask("group.decide", yes);
      ann.ask("group.decide", yes);
      assertThat(ann.refusal("group.decide", with(yes, "accept", false))).isEqualTo("conflict");

      dan.await("conversation", data -> data.has("conversation"));
      assertThat(dan.awaitMessage(group, 5).get("content").get("kind").textValue())
          .isEqualTo("members_joined");
      assertThat(ann.events("join_request")).hasSize(1);
      assertThat(cid.events("join_request")).isEmpty();
      assertThat(bob.ask("group.requests", Map.of("groupId", group)).get("requests")).isEmpty();
    }
  }

  @Test
  void aMembersInvitationIsARequestWhereThereIsApproval() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid");
        var dan = WireClient.join(port, "Dan")) {
      String group = ann.createGroup("friends", bob.userId());
      rules(ann, group, Map.of("joinPolicy", "approval"));
      JsonNode invited =
          bob.ask(
              "group.invite",
              Map.of("groupId", group, "userIds", List.of(cid.userId(), dan.userId())));
      assertThat(invited.get("joinedIds")).isEmpty();
      assertThat(invited.get("pendingIds")).hasSize(2);
      JsonNode waiting = ann.ask("group.requests", Map.of("groupId", group, "limit", 1));
      assertThat(waiting.get("requests").get(0).get("inviterId").textValue())
          .isEqualTo(bob.userId());
      waiting =
          ann.ask(
              "group.requests",
              Map.of("groupId", group, "cursor", waiting.get("nextCursor").textValue()));
      assertThat(waiting.get("requests")).hasSize(1);
      assertThat(waiting.has("nextCursor")).isFalse();
      String requestId = waiting.get("requests").get(0).get("requestId").textValue();
      ann.ask("group.decide", Map.of("requestId", requestId, "accept", false));

      assertThat(
              ann.ask("group.invite", Map.of("groupId", group, "userIds", List.of(cid.userId())))
                  .get("joinedIds"))
          .hasSize(1);
      cid.await("conversation", data -> data.has("conversation"));
      assertThat(ann.ask("group.requests", Map.of("groupId", group)).get("requests")).isEmpty();
      assertThat(dan.events("conversation")).isEmpty();
    }
  }

  @Test
  void aCodeShowsItsGroupAndEnds() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends");
      String brief = code(ann, Map.of("groupId", group, "validMs", 1_000));
      String code = code(ann, Map.of("groupId", group));
      assertThat(
              bob.ask("group.get", Map.of("inviteCode", code)).get("group").get("name").textValue())
          .isEqualTo("friends");
      assertThat(bob.refusal("group.get", Map.of("groupId", group))).isEqualTo("not_a_member");
      assertThat(bob.refusal("group.get", Map.of("inviteCode", "nonsense"))).isEqualTo("not_found");
      assertThat(
              bob.refused("group.get", Map.of("inviteCode", code, "groupId", group)).get("field"))
          .hasToString("\"data\"");

      await().until(() -> bob.send("group.get", Map.of("inviteCode", brief)).join().has("error"));
      assertThat(bob.refusal("group.join", Map.of("inviteCode", brief))).isEqualTo("code_expired");
      code(ann, Map.of("groupId", group, "revoke", true));
      assertThat(bob.refusal("group.get", Map.of("inviteCode", code))).isEqualTo("code_expired");
      assertThat(bob.refusal("group.join", Map.of("inviteCode", code))).isEqualTo("code_expired");
    }
  }

  @Test
  void theBannedDoNotComeInByAnyWay() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      rules(ann, group, Map.of("joinPolicy", "open"));
      String code = code(ann, Map.of("groupId", group));
      JsonNode removed =
          ann.ask(
              "group.remove",
              Map.of("groupId", group, "userIds", List.of(bob.userId()), "ban", true));
      assertThat(removed.get("removedIds").get(0).textValue()).isEqualTo(bob.userId());
      assertThat(bob.refusal("group.join", Map.of("groupId", group))).isEqualTo("banned");
      assertThat(bob.refusal("group.join", Map.of("inviteCode", code))).isEqualTo("banned");
      assertThat(bob.refusal("group.get", Map.of("inviteCode", code))).isEqualTo("banned");
      assertThat(
              ann.refusal(
                  "group.invite", Map.of("groupId", group, "userIds", List.of(bob.userId()))))
          .isEqualTo("banned");
      JsonNode users = ann.ask("group.bans", Map.of("groupId", group)).get("users");
      assertThat(users.get(0).get("userId").textValue()).isEqualTo(bob.userId());
      ann.ask("group.unban", Map.of("groupId", group, "userId", bob.userId()));
      assertThat(bob.ask("group.join", Map.of("groupId", group)).get("status").textValue())
          .isEqualTo("joined");
    }
  }

  private static void rules(WireClient client, String group, Map<String, Object> rules) {
    client.ask("group.update", Map.of("groupId", group, "rules", rules));
  }

  private static String code(WireClient client, Map<String, Object> wish) {
    return client.ask("group.invite_code", wish).get("code").textValue();
  }

  private static Map<String, Object> with(Map<String, Object> data, String name, Object value) {
    var changed = new HashMap<>(data);
    changed.put(name, value);
    return changed;
  }
}
