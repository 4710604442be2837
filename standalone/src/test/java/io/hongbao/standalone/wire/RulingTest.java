package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What owner and admins do, seen from the connections of all who are concerned.
@ExtendWith(ServerExtension.class)
final class RulingTest {

  private final int port;

  RulingTest(Server server) {
    this.port = server.port();
  }

  @Test
  void everyActIsAnEntryAtEveryMemberInOrder() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid")) {
      String group = ann.createGroup("friends", bob.userId(), cid.userId());
      ann.ask("group.set_role", role(group, bob, "admin"));
      bob.ask("group.update", in(group, "name", "better friends"));
      bob.ask("group.mute", in(group, "userId", cid.userId(), "untilAt", 4_000_000_000_000L));
      bob.ask("group.mute", in(group, "userId", cid.userId(), "untilAt", 0));
      long said = cid.say(group, "at last");
      bob.ask("message.pin", in(group, "seq", said));
      bob.ask("message.recall", in(group, "seq", said));
      ann.ask("group.set_role", role(group, bob, "member"));
      ann.ask("group.transfer", in(group, "userId", bob.userId()));
      bob.ask("group.remove", in(group, "userIds", List.of(cid.userId())));
      ann.ask("group.leave", in(group));
      bob.ask("group.dissolve", in(group));

      bob.awaitMessage(group, 14);
      List<String> kinds =
          List.of(
              "group_created",
              "members_joined",
              "role_changed",
              "group_updated",
              "member_muted",
              "member_muted",
              "text",
              "message_pinned",
              "recall",
              "role_changed",
              "owner_changed",
              "members_removed",
              "member_left",
              "group_dissolved");
      assertThat(kinds(bob.messages(group))).isEqualTo(kinds.subList(1, 14));
      assertThat(kinds(cid.messages(group))).isEqualTo(kinds.subList(1, 11));
      assertThat(kinds(ann.messages(group))).isEqualTo(kinds.subList(0, 12));
      JsonNode history = bob.ask("message.history", in(group, "limit", 200)).get("messages");
      assertThat(kinds(list(history))).isEqualTo(kinds);
    }
  }

  @Test
  void theRemovedGetNothingThatCameAfterOnAnyDevice() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var phone = WireClient.open(port, bob.account(), "phone")) {
      String group = ann.createGroup("friends", bob.userId());
      String other = ann.createGroup("others", bob.userId());
      var sent = new ArrayList<CompletableFuture<JsonNode>>();
      for (int i = 0; i < 100; i++) {
        if (i == 50) {
          sent.add(ann.send("group.remove", in(group, "userIds", List.of(bob.userId()))));
        }
        sent.add(ann.send("message.send", text(group, "n" + i)));
        if (i > 50) {
          sent.add(ann.send("typing", in(group)));
        }
      }
      sent.forEach(reply -> assertThat(reply.join().has("data")).isTrue());
      long removed = sent.get(50 - 1).join().get("data").get("seq").longValue() + 1;
      ann.awaitMessage(group, removed + 50);
      long barrier = ann.say(other, "and here");

      for (WireClient device : List.of(bob, phone)) {
        device.await("conversation", data -> data.has("removed") && isOf(data, group));
        device.awaitMessage(other, barrier);
        assertThat(device.messages(group))
            .isNotEmpty()
            .allMatch(message -> message.get("seq").longValue() < removed);
        assertThat(device.messages(group).getLast().get("seq").longValue()).isEqualTo(removed - 1);
        assertThat(device.events("typing")).isEmpty();
      }
      assertThat(bob.refusal("message.history", in(group))).isEqualTo("not_a_member");
      assertThat(bob.refusal("typing", in(group))).isEqualTo("not_a_member");
      assertThat(bob.ask("conversation.list", Map.of()).get("conversations")).hasSize(1);
    }
  }

  @Test
  void theMutedAreSilentUntilTheyAreToldThatItIsOver() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var phone = WireClient.open(port, bob.account(), "phone")) {
      String group = ann.createGroup("friends", bob.userId());
      long until = System.currentTimeMillis() + 3_000;
      ann.ask("group.mute", in(group, "userId", bob.userId(), "untilAt", until));

      JsonNode refused = bob.refused("message.send", text(group, "let me"));
      assertThat(refused.get("code").textValue()).isEqualTo("muted");
      assertThat(refused.get("untilAt").longValue()).isEqualTo(until);
      assertThat(refused.get("retryAfterMs").longValue()).isBetween(1L, 3_000L);
      assertThat(bob.refusal("typing", in(group))).isEqualTo("muted");
      for (WireClient device : List.of(bob, phone)) {
        assertThat(device.await("unmuted", _ -> true).get("groupId").textValue()).isEqualTo(group);
        assertThat(System.currentTimeMillis()).isBetween(until, until + 2_000);
      }
      bob.say(group, "thank you");
      assertThat(ann.events("unmuted")).isEmpty();
    }
  }

  @Test
  void whereOnlyAdminsPostTheOthersReadAndReact() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.ask("group.update", in(group, "rules", Map.of("postPolicy", "admins")));
      JsonNode refused = bob.refused("message.send", text(group, "but"));
      assertThat(refused.get("code").textValue()).isEqualTo("muted");
      assertThat(refused.has("untilAt")).isFalse();
      assertThat(refused.has("retryAfterMs")).isFalse();
      long said = ann.say(group, "hear, hear");
      bob.awaitMessage(group, said);
      bob.ask("message.react", in(group, "seq", said, "emoji", "👏"));
      ann.ask("group.set_role", role(group, bob, "admin"));
      bob.say(group, "now I may");
    }
  }

  @Test
  void slowModeIsForThoseWhoDoNotLead() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.ask("group.update", in(group, "rules", Map.of("slowModeMs", 1_000)));
      bob.say(group, "one");
      JsonNode refused = bob.refused("message.send", text(group, "two"));
      assertThat(refused.get("code").textValue()).isEqualTo("rate_limited");
      assertThat(refused.get("retryAfterMs").longValue()).isBetween(1L, 1_000L);
      ann.say(group, "one");
      ann.say(group, "two");
      await().until(() -> bob.send("message.send", text(group, "three")).join().has("data"));
    }
  }

  @Test
  void aDissolvedGroupIsSilentAndRefuses() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var phone = WireClient.open(port, bob.account(), "phone");
        var cid = WireClient.join(port, "Cid")) {
      String group = ann.createGroup("friends", bob.userId());
      long said = bob.say(group, "so it ends");
      String code = ann.ask("group.invite_code", in(group)).get("code").textValue();
      ann.ask("group.dissolve", in(group));
      assertThat(ann.ask("group.dissolve", in(group))).isEmpty();

      for (WireClient device : List.of(ann, bob, phone)) {
        device.await("conversation", data -> data.has("removed") && isOf(data, group));
        device.awaitMessage(group, said + 1);
      }
      for (var change :
          Map.<String, Map<String, Object>>of(
                  "message.send", text(group, "no"),
                  "message.recall", in(group, "seq", said),
                  "message.edit", in(group, "seq", said, "content", Map.of("text", "no")),
                  "message.react", in(group, "seq", said, "emoji", "👍"),
                  "typing", in(group),
                  "group.leave", in(group),
                  "group.nickname", in(group, "nickname", "Bobby"),
                  "group.invite", in(group, "userIds", List.of(cid.userId())))
              .entrySet()) {
        assertThat(bob.refusal(change.getKey(), change.getValue()))
            .as(change.getKey())
            .isEqualTo("group_dissolved");
      }
      for (var change :
          Map.<String, Map<String, Object>>of(
                  "group.update", in(group, "name", "again"),
                  "group.invite_code", in(group),
                  "group.set_role", role(group, bob, "admin"),
                  "group.mute", in(group, "userId", bob.userId(), "untilAt", 4_000_000_000_000L),
                  "group.remove", in(group, "userIds", List.of(bob.userId())),
                  "group.transfer", in(group, "userId", bob.userId()),
                  "message.pin", in(group, "seq", said))
              .entrySet()) {
        assertThat(ann.refusal(change.getKey(), change.getValue()))
            .as(change.getKey())
            .isEqualTo("group_dissolved");
      }
      assertThat(cid.refusal("group.join", Map.of("inviteCode", code)))
          .isEqualTo("group_dissolved");
      assertThat(bob.ask("message.history", in(group)).get("messages")).hasSize(4);
      assertThat(bob.ask("conversation.list", Map.of()).get("conversations")).isEmpty();
      assertThat(ann.ask("group.audit", in(group)).get("records")).hasSize(3);
    }
  }

  private static boolean isOf(JsonNode data, String group) {
    return group.equals(data.path("groupId").textValue());
  }

  private static List<String> kinds(List<JsonNode> messages) {
    return messages.stream()
        .map(
            message ->
                message.get("type").textValue().equals("system")
                    ? message.get("content").get("kind").textValue()
                    : message.get("type").textValue())
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get).toList();
  }

  private static Map<String, Object> role(String group, WireClient user, String role) {
    return in(group, "userId", user.userId(), "role", role);
  }

  private static Map<String, Object> text(String group, String text) {
    return WireClient.text(group, "k-" + text, text);
  }

  /// @param more name, value, name, value, …
  private static Map<String, Object> in(String group, Object... more) {
    var data = new TreeMap<String, Object>();
    data.put("groupId", group);
    for (int i = 0; i < more.length; i += 2) {
      data.put((String) more[i], more[i + 1]);
    }
    return data;
  }
}
