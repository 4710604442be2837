package io.hongbao.standalone.wire;

import io.hongbao.standalone.Server;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// [GoldenFrames] of red packets and the wallet.
@ExtendWith(ServerExtension.class)
final class GoldenPacketFramesTest {

  private final int port;
  private final GoldenFrames golden = new GoldenFrames();

  GoldenPacketFramesTest(Server server) {
    this.port = server.port();
  }

  /// Of one share, so that no amount is by chance.
  @Test
  void areAsTheyWere() throws IOException {
    try (var ann = WireClient.join(port, "Ann");
        var bob = WireClient.join(port, "Bob")) {
      golden.name(ann.userId(), "<ann>");
      golden.name(bob.userId(), "<bob>");
      String group = ann.createGroup("friends", bob.userId());
      golden.name(group, "<group>");
      golden.ask(ann, "wallet.topup", Map.of("amountFen", 1000, "clientTransferId", "t1"));
      golden.event("wallet", ann.await("wallet", _ -> true));
      golden.ask(ann, "wallet.get", Map.of());
      String packet =
          golden
              .ask(
                  ann,
                  "redpacket.send",
                  Map.of(
                      "groupId",
                      group,
                      "clientPacketId",
                      "p1",
                      "kind",
                      "lucky",
                      "totalFen",
                      88,
                      "count",
                      1,
                      "greeting",
                      "恭喜发财"))
              .get("packetId")
              .textValue();
      golden.name(packet, "<packet>");
      golden.event("message.redpacket", bob.awaitMessage(group, 3));
      golden.ask(bob, "redpacket.open", Map.of("packetId", packet), "redpacket.open.not_grabbed");
      golden.ask(bob, "redpacket.grab", Map.of("packetId", packet));
      golden.ask(bob, "redpacket.open", Map.of("packetId", packet));
      golden.event("redpacket", ann.await("redpacket", _ -> true));
      golden.event("message.redpacket_finished", bob.awaitMessage(group, 4));
      golden.ask(bob, "redpacket.get", Map.of("packetId", packet));
      int year = OffsetDateTime.now(ZoneOffset.ofHours(8)).getYear();
      golden.ask(ann, "redpacket.records", Map.of("direction", "sent", "year", year, "limit", 10));
      golden.ask(ann, "wallet.entries", Map.of());
    }
  }
}
