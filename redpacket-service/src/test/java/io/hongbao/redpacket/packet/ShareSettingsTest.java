package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.TestPackets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
final class ShareSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "preset, double-average, 5",
    "preset, random, 5",
    "realtime, double-average, 0",
    "realtime, random, 0"
  })
  void howeverItIsCutThePacketIsGivenAway(
      String split, String strategy, int sharesKept, TestServices services) {
    var settings = Map.of("redpacket.split", split, "redpacket.strategy", strategy);
    try (var packets = TestPackets.start(services, settings)) {
      List<Long> users = packets.users(5, 500);
      long packetId = packets.packet(users.getFirst(), packets.group(users), 500, 5);

      long openedFen = 0;
      for (long user : users) {
        assertThat(packets.grab(user, packetId).get("status").asText()).isEqualTo("grabbed");
        openedFen += packets.open(user, packetId).get("amountFen").asLong();
      }

      assertThat(openedFen).isEqualTo(500);
      assertThat(packets.query("SELECT 1 FROM red_packet_share WHERE packet_id = " + packetId))
          .hasSize(sharesKept);
      String state = "SELECT state FROM red_packet WHERE packet_id = " + packetId;
      await().until(() -> packets.query(state).equals(List.of("CLOSED")));
      Books.assertRight(packets);
    }
  }
}
