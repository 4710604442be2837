package io.hongbao.standalone.wire;

import io.hongbao.standalone.Server;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [GoldenFrames] of what owner and admins do, and of what is done to entries.
@ExtendWith(ServerExtension.class)
final class GoldenAdminFramesTest {

  private final int port;
  private final GoldenFrames golden = new GoldenFrames();

  GoldenAdminFramesTest(Server server) {
    this.port = server.port();
  }

  @Test
  void ofAGroupAndItsPeople() throws IOException {
    try (var ann = join("Ann");
        var bob = join("Bob");
        var cid = join("Cid")) {
      String group = ann.createGroup("friends", bob.userId());
      golden.name(group, "<group>");
      golden.ask(
          ann, "group.set_role", Map.of("groupId", group, "userId", bob.userId(), "role", "admin"));
      golden.ask(
          ann,
          "group.update",
          in(
              group,
              Map.of(
                  "announcement",
                  "be kind",
                  "rules",
                  new TreeMap<>(
                      Map.of(
                          "joinPolicy",
                          "approval",
                          "joinQuestion",
                          "Who sent you?",
                          "slowModeMs",
                          60_000)))));
      golden.ask(cid, "group.join", Map.of("groupId", group), "group.join.unanswered");
      golden.ask(cid, "group.join", in(group, Map.of("message", "Dan did")), "group.join.pending");
      String request = bob.await("join_request", _ -> true).get("requestId").textValue();
      golden.name(request, "<request>");
      golden.event("join_request", ann.await("join_request", _ -> true));
      golden.ask(ann, "group.requests", Map.of("groupId", group));
      golden.ask(bob, "group.decide", Map.of("requestId", request, "accept", true));
      golden.event("conversation", cid.await("conversation", _ -> true));
      golden.ask(cid, "group.nickname", in(group, Map.of("nickname", "El Cid")));
      cid.say(group, "first");
      golden.ask(cid, "message.send", text(group, "second"), "message.send.too_soon");
      long later = System.currentTimeMillis() + 3_600_000;
      golden.ask(
          bob,
          "group.mute",
          in(group, new TreeMap<>(Map.of("userId", cid.userId(), "untilAt", later))));
      golden.ask(cid, "message.send", text(group, "third"), "message.send.muted");
      golden.ask(ann, "group.members", Map.of("groupId", group), "group.members.roles");
      golden.ask(
          bob, "group.remove", in(group, Map.of("userIds", List.of(cid.userId()), "ban", true)));
      golden.event("conversation.removed", cid.await("conversation", data -> data.has("removed")));
      golden.ask(bob, "group.bans", Map.of("groupId", group));
      golden.ask(bob, "group.unban", in(group, Map.of("userId", cid.userId())));
      golden.ask(ann, "group.transfer", in(group, Map.of("userId", bob.userId())));
      golden.ask(bob, "group.audit", Map.of("groupId", group));
      golden.ask(bob, "group.dissolve", Map.of("groupId", group));
      golden.ask(bob, "message.history", Map.of("groupId", group), "message.history.system");
    }
  }

  @Test
  void ofAMuteThatRunsOut() throws IOException {
    try (var ann = join("Ann");
        var bob = join("Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      golden.name(group, "<group>");
      long soon = System.currentTimeMillis() + 2_000;
      ann.ask("group.mute", in(group, Map.of("userId", bob.userId(), "untilAt", soon)));
      golden.event("unmuted", bob.await("unmuted", _ -> true));
    }
  }

  @Test
  void ofEntries() throws IOException {
    try (var ann = join("Ann");
        var bob = join("Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      golden.name(group, "<group>");
      ann.ask("message.send", text(group, "helo"));
      golden.ask(
          ann, "message.edit", in(group, Map.of("seq", 3, "content", Map.of("text", "hello"))));
      golden.event("message.edit", bob.awaitMessage(group, 4));
      golden.ask(bob, "message.react", in(group, Map.of("seq", 3, "emoji", "👍🏽")));
      golden.event("message.reaction", ann.awaitMessage(group, 5));
      golden.ask(bob, "message.pin", in(group, Map.of("seq", 3)), "message.pin.forbidden");
      golden.ask(ann, "message.pin", in(group, Map.of("seq", 3)));
      golden.ask(bob, "message.pinned", Map.of("groupId", group));
      golden.ask(ann, "message.unpin", in(group, Map.of("seq", 3)));
      golden.ask(bob, "message.history", in(group, Map.of("afterSeq", 2)), "message.history.marks");
    }
  }

  @Test
  void ofMeetingFaceToFace() throws IOException {
    try (var ann = join("Ann");
        var bob = join("Bob")) {
      Map<String, Object> code = Map.of("code", "6022");
      golden.ask(
          ann, "face.enter", in("6022", "code", Map.of("latitude", 31.2, "longitude", 121.4)));
      bob.ask("face.enter", Map.of("code", "6022", "latitude", 31.2, "longitude", 121.4));
      golden.event("face", ann.await("face", data -> data.get("waiting").size() == 2));
      String group =
          ann.send("face.confirm", code).join().get("data").get("group").get("groupId").textValue();
      golden.name(group, "<group>");
      golden.ask(bob, "face.confirm", code);
      golden.ask(bob, "face.leave", code);
    }
  }

  private WireClient join(String name) {
    WireClient client = WireClient.join(port, name);
    String small = name.toLowerCase(Locale.ROOT);
    golden.name(client.userId(), "<" + small + ">");
    golden.name(client.account().username(), "<" + small + "'s username>");
    return client;
  }

  private static Map<String, Object> text(String group, String text) {
    return in(
        group,
        Map.of("clientMessageId", "k-" + text, "type", "text", "content", Map.of("text", text)));
  }

  private static Map<String, Object> in(String group, Map<String, Object> more) {
    return in(group, "groupId", more);
  }

  private static Map<String, Object> in(String value, String field, Map<String, Object> more) {
    var data = new TreeMap<>(more);
    data.put(field, value);
    return data;
  }
}
