package io.hongbao.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chatter's red packets and wallet. Whoever gives tells the others of the group, who grab and
/// open; most come too late, which is an answer, too.
final class Giving {

  private static final int TOTAL_FEN = 1_000;
  private static final int PLACES = 5;

  private final Chatter chatter;
  private final Map<String, String> packets;
  private boolean hasMoney;

  /// @param packets the last packet of each group, common to all chatters
  Giving(Chatter chatter, Map<String, String> packets) {
    this.chatter = chatter;
    this.packets = packets;
  }

  void topUp() {
    hasMoney |=
        chatter.ask(
                "wallet.topup",
                Map.of("amountFen", 100 * TOTAL_FEN, "clientTransferId", chatter.key()))
            != null;
  }

  void send() {
    if (!hasMoney) {
      topUp();
    }
    JsonNode sent =
        chatter.ask(
            "redpacket.send",
            Map.of(
                "groupId",
                chatter.groupId(),
                "clientPacketId",
                chatter.key(),
                "kind",
                chatter.flip() ? "lucky" : "identical",
                "totalFen",
                TOTAL_FEN,
                "count",
                PLACES));
    if (sent != null) {
      packets.put(chatter.groupId(), sent.get("packetId").textValue());
    }
  }

  void grab() {
    JsonNode answer = ask("redpacket.grab");
    if (answer != null && answer.get("status").textValue().equals("grabbed")) {
      ask("redpacket.open");
    }
  }

  void details() {
    ask("redpacket.get");
  }

  void records() {
    chatter.ask(
        "redpacket.records",
        Map.of(
            "direction",
            chatter.flip() ? "sent" : "received",
            "year",
            Year.now(ZoneOffset.UTC).getValue()));
  }

  private @Nullable JsonNode ask(String op) {
    String packetId = packets.get(chatter.groupId());
    if (packetId == null) {
      send();
      return null;
    }
    return chatter.ask(op, Map.of("packetId", packetId));
  }
}
