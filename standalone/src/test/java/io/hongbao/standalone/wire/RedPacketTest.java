package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A packet's life as chat clients see it, through a whole server.
@ExtendWith(ServerExtension.class)
final class RedPacketTest {

  private final int port;

  RedPacketTest(Server server) {
    this.port = server.port();
  }

  @Test
  void aPacketIsAMessageIsOpenedAndIsInTheWallet() {
    var ann = WireClient.register(port, "Ann");
    var bob = WireClient.register(port, "Bob");
    try (var sender = WireClient.open(port, ann, "d");
        var taker = WireClient.open(port, bob, "d");
        var stranger = WireClient.join(port, "Cid")) {
      String group = sender.createGroup("friends", bob.userId());
      sender.ask("wallet.topup", Map.of("amountFen", 1_000, "clientTransferId", "t"));

      JsonNode sent = sender.ask("redpacket.send", packet(group, 600));
      String packetId = sent.get("packetId").textValue();

      JsonNode message = taker.awaitMessage(group, sent.get("seq").longValue());
      assertThat(message.get("type").textValue()).isEqualTo("redpacket");
      assertThat(message.get("messageId")).isEqualTo(sent.get("messageId"));
      assertThat(message.get("content").get("packetId").textValue()).isEqualTo(packetId);
      JsonNode conversation = taker.ask("conversation.list", Map.of()).get("conversations").get(0);
      assertThat(conversation.get("unread").intValue()).isEqualTo(1);
      assertThat(sender.ask("redpacket.send", packet(group, 600))).isEqualTo(sent);
      assertThat(code(stranger, "redpacket.grab", packetId)).isEqualTo("not_a_member");
      assertThat(code(taker, "redpacket.open", packetId)).isEqualTo("not_grabbed");

      var grab = taker.send("redpacket.grab", Map.of("packetId", packetId));
      var open = taker.send("redpacket.open", Map.of("packetId", packetId));

      assertThat(grab.join().get("data").get("status").textValue()).isEqualTo("grabbed");
      long amount = open.join().get("data").get("amountFen").longValue();
      await().until(() -> balance(taker) == amount);
      JsonNode wallet = taker.await("wallet", _ -> true);
      assertThat(wallet.get("balanceFen").longValue()).isEqualTo(amount);
      sender.await("redpacket", it -> it.get("openedCount").intValue() == 1);
      sender.ask("redpacket.grab", Map.of("packetId", packetId));
      sender.ask("redpacket.open", Map.of("packetId", packetId));
      await().until(() -> balance(sender) == 1_000 - amount);
      taker.await("redpacket", it -> it.get("openedCount").intValue() == 2);
      JsonNode finished = taker.awaitMessage(group, sent.get("seq").longValue() + 1);
      assertThat(finished.get("type").textValue()).isEqualTo("system");
      assertThat(finished.get("content").get("kind").textValue()).isEqualTo("redpacket_finished");
      assertThat(finished.get("content").get("actorId").textValue()).isEqualTo(ann.userId());
    }
  }

  @Test
  void whoMayNotPostPaysForNothingAndStillGrabs() {
    try (var owner = WireClient.join(port, "Ann");
        var member = WireClient.join(port, "Bob")) {
      String group = owner.createGroup("friends", member.userId());
      for (WireClient client : List.of(owner, member)) {
        client.ask("wallet.topup", Map.of("amountFen", 1_000, "clientTransferId", "t"));
      }
      long later = System.currentTimeMillis() + 3_600_000;
      mute(owner, group, member, later);
      JsonNode muted = member.refused("redpacket.send", packet(group, 600));
      assertThat(muted.get("code").textValue()).isEqualTo("muted");
      assertThat(muted.get("untilAt").longValue()).isEqualTo(later);
      Object packetId = owner.ask("redpacket.send", packet(group, 600)).get("packetId");
      assertThat(member.ask("redpacket.grab", Map.of("packetId", packetId)).get("status"))
          .hasToString("\"grabbed\"");

      mute(owner, group, member, 0);
      rules(owner, group, Map.of("slowModeMs", 60_000));
      member.ask("message.send", WireClient.text(group, "now", "now"));
      JsonNode tooSoon = member.refused("redpacket.send", packet(group, 600));
      assertThat(tooSoon.get("code").textValue()).isEqualTo("rate_limited");
      assertThat(tooSoon.get("retryAfterMs").longValue()).isBetween(1L, 60_000L);

      rules(owner, group, Map.of("slowModeMs", 0, "postPolicy", "admins"));
      JsonNode silent = member.refused("redpacket.send", packet(group, 600));
      assertThat(silent.get("code").textValue()).isEqualTo("muted");
      assertThat(silent.has("untilAt")).isFalse();

      assertThat(member.ask("wallet.entries", Map.of()).get("entries")).hasSize(1);
    }
  }

  @Test
  void whatAConnectionAsksOfAGroupTakesEffectInTheOrderSent() {
    try (var ann = WireClient.join(port, "Ann")) {
      String group = ann.createGroup("friends");
      var topup = ann.send("wallet.topup", Map.of("amountFen", 1_000, "clientTransferId", "t"));
      var before = ann.send("message.send", WireClient.text(group, "before", "before"));
      var packet = ann.send("redpacket.send", packet(group, 600));
      var after = ann.send("message.send", WireClient.text(group, "after", "after"));
      var history = ann.send("message.history", Map.of("groupId", group));

      assertThat(topup.join().has("data")).isTrue();
      long first = before.join().get("data").get("seq").longValue();
      assertThat(packet.join().get("data").get("seq").longValue()).isEqualTo(first + 1);
      assertThat(after.join().get("data").get("seq").longValue()).isEqualTo(first + 2);
      assertThat(history.join().get("data").get("lastSeq").longValue()).isEqualTo(first + 2);
    }
  }

  private static void mute(WireClient owner, String group, WireClient member, long untilAt) {
    owner.ask(
        "group.mute", Map.of("groupId", group, "userId", member.userId(), "untilAt", untilAt));
  }

  private static void rules(WireClient owner, String group, Map<String, Object> rules) {
    owner.ask("group.update", Map.of("groupId", group, "rules", rules));
  }

  private static Map<String, Object> packet(String group, long totalFen) {
    return WireClient.lucky(group, "p", totalFen, 2);
  }

  private static long balance(WireClient client) {
    return client.ask("wallet.get", Map.of()).get("balanceFen").longValue();
  }

  private static String code(WireClient client, String op, String packetId) {
    return client.refused(op, Map.of("packetId", packetId)).get("code").textValue();
  }
}
