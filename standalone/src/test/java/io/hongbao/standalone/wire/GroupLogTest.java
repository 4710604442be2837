package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// "The group log" and "Groups" of the protocol over the wire.
@ExtendWith(ServerExtension.class)
final class GroupLogTest {

  private final int port;

  GroupLogTest(Server server) {
    this.port = server.port();
  }

  private static List<Long> seqs(List<JsonNode> messages) {
    return messages.stream().map(m -> m.get("seq").longValue()).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void reachesEveryMemberInOrder() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid")) {
      String group = ann.createGroup("friends", bob.userId(), cid.userId());
      List<WireClient> all = List.of(ann, bob, cid);
      var sent = new ArrayList<CompletableFuture<JsonNode>>();
      for (int i = 0; i < 60; i++) {
        sent.add(
            all.get(i % 3).send("message.send", WireClient.text(group, "m" + i, "hello " + i)));
      }
      sent.forEach(reply -> assertThat(reply.join().has("data")).isTrue());
      for (WireClient client : all) {
        client.awaitMessage(group, 62);
        // The others joined by entry 2.
        List<Long> live = client == ann ? upTo(62) : upTo(62).subList(1, 62);
        assertThat(seqs(client.messages(group))).isEqualTo(live);
      }
      JsonNode history = bob.ask("message.history", Map.of("groupId", group, "limit", 200));
      assertThat(history.get("lastSeq").longValue()).isEqualTo(62);
      assertThat(history.get("messages")).hasSize(62);
      assertThat(history.get("messages").get(0).get("content").get("kind").textValue())
          .isEqualTo("group_created");
      assertThat(history.get("messages").get(1).get("content").get("kind").textValue())
          .isEqualTo("members_joined");
      assertThat(history.get("messages").get(61)).isEqualTo(bob.awaitMessage(group, 62));
    }
  }

  @Test
  void reachesEveryMemberInOrderWhereAllWriteAtOnce() {
    int people = 20;
    int each = 10;
    var all = new ArrayList<WireClient>();
    try {
      for (int i = 0; i < people; i++) {
        all.add(WireClient.join(port, "member " + i));
      }
      String[] others = all.stream().skip(1).map(WireClient::userId).toArray(String[]::new);
      String group = all.getFirst().createGroup("crowd", others);
      var sent = new ArrayList<CompletableFuture<JsonNode>>();
      for (int n = 0; n < each; n++) {
        for (WireClient client : all) {
          sent.add(client.send("message.send", WireClient.text(group, "m" + n, "hello " + n)));
        }
      }
      sent.forEach(reply -> assertThat(reply.join().has("data")).isTrue());
      long last = 2 + (long) people * each;
      for (WireClient client : all) {
        client.awaitMessage(group, last);
        List<Long> live = client == all.getFirst() ? upTo(last) : upTo(last).subList(1, (int) last);
        assertThat(seqs(client.messages(group))).isEqualTo(live);
      }
    } finally {
      all.forEach(WireClient::close);
    }
  }

  @Test
  void keepsTheOrderOfOneConnection() {
    try (var ann = WireClient.join(port, "Ann")) {
      String group = ann.createGroup("alone");
      var replies =
          IntStream.range(0, 200)
              .mapToObj(i -> ann.send("message.send", WireClient.text(group, "m" + i, "n" + i)))
              .toList();
      JsonNode history =
          ann.send("message.history", Map.of("groupId", group, "limit", 1)).join().get("data");
      assertThat(history.get("lastSeq").longValue()).isEqualTo(201);
      List<Long> seqs =
          replies.stream().map(r -> r.join().get("data").get("seq").longValue()).toList();
      assertThat(seqs).isEqualTo(LongStream.rangeClosed(2, 201).boxed().toList());
    }
  }

  @Test
  void answersARepeatAsTheFirstTime() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      var message = WireClient.text(group, "once", "once");
      JsonNode first = bob.ask("message.send", message);
      JsonNode again = bob.ask("message.send", message);
      assertThat(first.has("duplicate")).isFalse();
      assertThat(again.get("duplicate").booleanValue()).isTrue();
      assertThat(again.get("seq")).isEqualTo(first.get("seq"));
      assertThat(again.get("messageId")).isEqualTo(first.get("messageId"));
      assertThat(again.get("sentAt")).isEqualTo(first.get("sentAt"));
      assertThat(bob.refusal("message.send", WireClient.text(group, "once", "twice")))
          .isEqualTo("conflict");
      bob.ask("group.leave", Map.of("groupId", group));
      assertThat(bob.ask("message.send", message).get("seq")).isEqualTo(first.get("seq"));
      assertThat(bob.refusal("message.send", WireClient.text(group, "other", "once")))
          .isEqualTo("not_a_member");
    }
  }

  @Test
  void refusesWrongTexts() {
    try (var ann = WireClient.join(port, "Ann")) {
      String group = ann.createGroup("alone");
      assertThat(ann.say(group, "😀".repeat(5_000))).isEqualTo(2);
      for (Object text : List.of("", "x".repeat(5_001), 7, List.of())) {
        JsonNode error =
            ann.refused(
                "message.send",
                Map.of(
                    "groupId",
                    group,
                    "clientMessageId",
                    "k",
                    "type",
                    "text",
                    "content",
                    Map.of("text", text)));
        assertThat(error.get("code").textValue()).isEqualTo("invalid_argument");
        assertThat(error.get("field").textValue()).isEqualTo("content.text");
      }
      for (String type : List.of("redpacket", "system", "recall", "nonsense")) {
        assertThat(
                ann.refused(
                        "message.send",
                        Map.of(
                            "groupId",
                            group,
                            "clientMessageId",
                            "k",
                            "type",
                            type,
                            "content",
                            Map.of()))
                    .get("field")
                    .textValue())
            .isEqualTo("type");
      }
    }
  }

  @Test
  void countsUnreadAndReads() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var bobsPhone = WireClient.open(port, bob.account(), "phone")) {
      String group = ann.createGroup("friends", bob.userId());
      IntStream.range(0, 101).forEach(i -> ann.say(group, "n" + i));
      JsonNode conversation = bob.ask("conversation.list", Map.of()).get("conversations").get(0);
      assertThat(conversation.get("unread").intValue()).isEqualTo(100);
      assertThat(conversation.get("unreadText").textValue()).isEqualTo("99+");
      assertThat(conversation.get("lastMessage").get("content").get("text").textValue())
          .isEqualTo("n100");
      assertThat(ann.ask("conversation.list", Map.of()).get("totalUnread").intValue()).isZero();

      JsonNode read = bob.ask("message.read", Map.of("groupId", group, "seq", 100));
      assertThat(read.get("readSeq").longValue()).isEqualTo(100);
      assertThat(read.get("unread").intValue()).isEqualTo(3);
      assertThat(bobsPhone.await("read", r -> r.get("readSeq").longValue() == 100).get("unread"))
          .isEqualTo(read.get("unread"));
      assertThat(bob.events("read")).isEmpty();
      assertThat(
              bob.ask("message.read", Map.of("groupId", group, "seq", 3))
                  .get("readSeq")
                  .longValue())
          .isEqualTo(100);

      ann.ask("message.recall", Map.of("groupId", group, "seq", 103));
      conversation = bob.ask("conversation.list", Map.of()).get("conversations").get(0);
      assertThat(conversation.get("unread").intValue()).isEqualTo(2);
      assertThat(conversation.get("lastMessage").get("type").textValue()).isEqualTo("recall");
      bob.say(group, "mine");
      conversation = bob.ask("conversation.list", Map.of()).get("conversations").get(0);
      assertThat(conversation.get("unread").intValue()).isZero();
      assertThat(conversation.get("unreadText").textValue()).isEmpty();

      JsonNode readers =
          ann.ask("message.readers", Map.of("groupId", group, "seq", 102, "read", true));
      assertThat(readers.get("readCount").intValue()).isEqualTo(1);
      assertThat(readers.get("unreadCount").intValue()).isZero();
      assertThat(readers.get("userIds").get(0).textValue()).isEqualTo(bob.userId());
    }
  }

  @Test
  void recallsWithinTheRules() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      long anns = ann.say(group, "by Ann");
      long bobs = bob.say(group, "by Bob");
      assertThat(bob.refusal("message.recall", Map.of("groupId", group, "seq", anns)))
          .isEqualTo("forbidden");
      assertThat(bob.refusal("message.recall", Map.of("groupId", group, "seq", 99)))
          .isEqualTo("not_found");
      assertThat(ann.refusal("message.recall", Map.of("groupId", group, "seq", 1)))
          .isEqualTo("invalid_argument");
      JsonNode recall = ann.ask("message.recall", Map.of("groupId", group, "seq", bobs));
      assertThat(ann.ask("message.recall", Map.of("groupId", group, "seq", bobs)))
          .isEqualTo(recall);
      JsonNode entry = bob.awaitMessage(group, recall.get("seq").longValue());
      assertThat(entry.get("type").textValue()).isEqualTo("recall");
      assertThat(entry.get("content").get("seq").longValue()).isEqualTo(bobs);
      JsonNode gone =
          bob.ask("message.history", Map.of("groupId", group, "afterSeq", bobs - 1, "limit", 1))
              .get("messages")
              .get(0);
      assertThat(gone.get("content")).isEmpty();
      assertThat(gone.get("recalledAt").longValue()).isPositive();
    }
  }

  @Test
  void mentionsAndReplies() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      var message = new HashMap<String, Object>(WireClient.text(group, "k1", "@Bob look"));
      message.put("replyToSeq", 2);
      message.put("mentions", List.of(bob.userId()));
      long seq = ann.ask("message.send", message).get("seq").longValue();
      JsonNode event = bob.awaitMessage(group, seq);
      assertThat(event.get("replyToSeq").longValue()).isEqualTo(2);
      assertThat(event.get("mentions").get(0).textValue()).isEqualTo(bob.userId());
      assertThat(
              bob.ask("conversation.list", Map.of())
                  .get("conversations")
                  .get(0)
                  .get("mentioned")
                  .booleanValue())
          .isTrue();
      message.put("clientMessageId", "k2");
      message.put("replyToSeq", 99);
      assertThat(ann.refused("message.send", message).get("field").textValue())
          .isEqualTo("replyToSeq");
      message.remove("replyToSeq");
      message.put("mentions", List.of("123"));
      assertThat(ann.refused("message.send", message).get("field").textValue())
          .isEqualTo("mentions");
      message.put("mentions", List.of("all"));
      assertThat(bob.refusal("message.send", message)).isEqualTo("forbidden");
      assertThat(ann.ask("message.send", message).has("seq")).isTrue();
    }
  }

  @Test
  void invitesJoinsAndLeaves() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob");
        var cid = WireClient.join(port, "Cid")) {
      String group = ann.createGroup("friends");
      JsonNode invited =
          ann.ask("group.invite", Map.of("groupId", group, "userIds", List.of(bob.userId(), "9")));
      assertThat(invited.get("joinedIds").get(0).textValue()).isEqualTo(bob.userId());
      assertThat(invited.get("joinedIds")).hasSize(1);
      bob.await(
          "conversation",
          c ->
              c.has("conversation")
                  && c.get("conversation").get("group").get("groupId").textValue().equals(group));
      bob.awaitMessage(group, 2);
      assertThat(
              ann.refusal(
                  "group.invite", Map.of("groupId", group, "userIds", List.of(bob.userId()))))
          .isEqualTo("already_member");
      assertThat(cid.refusal("group.join", Map.of("groupId", group))).isEqualTo("forbidden");
      assertThat(cid.refusal("group.get", Map.of("groupId", group))).isEqualTo("not_a_member");
      assertThat(cid.refusal("group.join", Map.of())).isEqualTo("invalid_argument");
      assertThat(cid.refusal("group.join", Map.of("inviteCode", "nonsense")))
          .isEqualTo("not_found");
      String code = ann.ask("group.invite_code", Map.of("groupId", group)).get("code").textValue();
      assertThat(ann.ask("group.invite_code", Map.of("groupId", group)).get("code").textValue())
          .isEqualTo(code);
      JsonNode joined = cid.ask("group.join", Map.of("inviteCode", code));
      assertThat(joined.get("status").textValue()).isEqualTo("joined");
      assertThat(joined.get("group").get("memberCount").intValue()).isEqualTo(3);
      assertThat(cid.ask("group.join", Map.of("inviteCode", code)).get("status").textValue())
          .isEqualTo("joined");
      cid.awaitMessage(group, 3);
      assertThat(cid.ask("group.members", Map.of("groupId", group)).get("members")).hasSize(3);

      String renewed =
          ann.ask("group.invite_code", Map.of("groupId", group, "revoke", true))
              .get("code")
              .textValue();
      assertThat(renewed).isNotEqualTo(code);
      try (var dan = WireClient.join(port, "Dan")) {
        assertThat(dan.refusal("group.join", Map.of("inviteCode", code))).isEqualTo("code_expired");
      }

      assertThat(ann.refusal("group.leave", Map.of("groupId", group)))
          .isEqualTo("owner_must_transfer");
      bob.ask("group.leave", Map.of("groupId", group));
      bob.ask("group.leave", Map.of("groupId", group));
      bob.await(
          "conversation", c -> c.has("removed") && c.get("groupId").textValue().equals(group));
      long last = ann.say(group, "after Bob");
      cid.awaitMessage(group, last);
      assertThat(seqs(bob.messages(group))).isEqualTo(List.of(2L, 3L));
      assertThat(bob.refusal("message.history", Map.of("groupId", group)))
          .isEqualTo("not_a_member");
      try (var eve = WireClient.join(port, "Eve")) {
        assertThat(eve.refusal("group.leave", Map.of("groupId", group))).isEqualTo("not_a_member");
      }
    }
  }

  @Test
  void tellsOthersWhoTypes() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.ask("typing", Map.of("groupId", group));
      assertThat(bob.await("typing", _ -> true).get("userId").textValue()).isEqualTo(ann.userId());
      assertThat(ann.events("typing")).isEmpty();
    }
  }

  @Test
  void findsText() {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      String group = ann.createGroup("friends");
      ann.say(group, "Straße 100% 红包");
      ann.say(group, "nothing here");
      ann.say(group, "noch eine STRASSE, straße");
      JsonNode found = ann.ask("message.search", Map.of("groupId", group, "query", "STRAß"));
      assertThat(found.get("messages")).hasSize(2);
      assertThat(found.get("messages").get(0).get("seq").longValue()).isEqualTo(4);
      assertThat(ann.ask("message.search", Map.of("query", "红包")).get("messages")).hasSize(1);
      assertThat(ann.ask("message.search", Map.of("query", "0% 红")).get("messages")).hasSize(1);
      assertThat(ann.ask("message.search", Map.of("query", "1_0%")).get("messages")).isEmpty();
      assertThat(bob.refusal("message.search", Map.of("groupId", group, "query", "x")))
          .isEqualTo("not_a_member");
    }
  }
}
