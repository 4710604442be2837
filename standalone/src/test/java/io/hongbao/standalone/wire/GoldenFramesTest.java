package io.hongbao.standalone.wire;

import io.hongbao.standalone.Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [GoldenFrames] of sessions, users, groups by invitation and their logs.
@ExtendWith(ServerExtension.class)
final class GoldenFramesTest {

  private final int port;
  private final GoldenFrames golden = new GoldenFrames();

  GoldenFramesTest(Server server) {
    this.port = server.port();
  }

  @Test
  void areAsTheyWere() throws IOException {
    var ann = WireClient.register(port, "Ann");
    var bob = WireClient.register(port, "Bob");
    golden.name(ann.userId(), "<ann>");
    golden.name(bob.userId(), "<bob>");
    golden.name(ann.username(), "<ann's username>");
    golden.name(bob.username(), "<bob's username>");
    golden.name(ann.token(), "<token>");
    try (var client = WireClient.connect(port, ann);
        var other = WireClient.open(port, bob, "bobs")) {
      golden.ask(client, "session.open", Map.of("token", ann.token(), "deviceId", "phone"));
      golden.ask(client, "session.refresh", Map.of("token", ann.token()));
      golden.ask(client, "session.ping", Map.of());
      golden.ask(client, "user.get", Map.of("userIds", List.of(ann.userId(), bob.userId())));
      golden.ask(client, "user.find", Map.of("username", bob.username()));
      golden.ask(client, "user.update", Map.of("nickname", "Anna"));
      String group =
          golden
              .ask(
                  client,
                  "group.create",
                  Map.of(
                      "clientGroupId", "g1", "name", "friends", "memberIds", List.of(bob.userId())))
              .get("group")
              .get("groupId")
              .textValue();
      golden.name(group, "<group>");
      golden.ask(client, "group.get", Map.of("groupId", group));
      golden.ask(client, "group.members", Map.of("groupId", group));
      try (var cid = WireClient.join(port, "Cid")) {
        golden.name(cid.userId(), "<cid>");
        golden.ask(
            client, "group.invite", Map.of("groupId", group, "userIds", List.of(cid.userId())));
        golden.ask(cid, "group.leave", Map.of("groupId", group));
        String code =
            golden
                .ask(client, "group.invite_code", Map.of("groupId", group))
                .get("code")
                .textValue();
        golden.name(code, "<code>");
        golden.ask(cid, "group.get", Map.of("inviteCode", code), "group.get.by_code");
        golden.ask(cid, "group.join", Map.of("inviteCode", code));
      }
      golden.ask(
          client,
          "message.send",
          Map.of(
              "groupId",
              group,
              "clientMessageId",
              "m1",
              "type",
              "text",
              "content",
              Map.of("text", "hello 🧧"),
              "replyToSeq",
              1,
              "mentions",
              List.of(bob.userId(), "all")));
      golden.event("message", other.awaitMessage(group, 6));
      golden.ask(other, "conversation.list", Map.of());
      golden.ask(
          other,
          "conversation.update",
          Map.of("groupId", group, "pinned", true, "doNotDisturb", true));
      golden.ask(other, "message.read", Map.of("groupId", group, "seq", 6));
      golden.ask(client, "message.readers", Map.of("groupId", group, "seq", 6, "read", true));
      golden.ask(client, "message.search", Map.of("groupId", group, "query", "HELLO"));
      golden.ask(client, "typing", Map.of("groupId", group));
      golden.event("typing", other.await("typing", _ -> true));
      golden.ask(client, "message.recall", Map.of("groupId", group, "seq", 6));
      golden.ask(other, "message.history", Map.of("groupId", group));
      golden.ask(client, "no.such", Map.of());
    }
  }
}
