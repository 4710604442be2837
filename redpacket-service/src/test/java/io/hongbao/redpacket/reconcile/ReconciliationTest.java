package io.hongbao.redpacket.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.TestPackets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of sabotage is found, the packet is frozen, and no money is touched.
@ExtendWith(EmbeddedServices.class)
final class ReconciliationTest {

  private final TestPackets packets;
  private List<Long> users = List.of();
  private long packetId;

  ReconciliationTest(TestServices services) {
    this.packets = TestPackets.start(services);
  }

  @BeforeEach
  void openOneOfTwo() {
    for (String table :
        List.of(
            "wallet_account",
            "ledger_transfer",
            "ledger_entry",
            "red_packet",
            "red_packet_share",
            "red_packet_record",
            "outbox")) {
      packets.update("DELETE FROM " + table);
    }
    users = packets.users(2, 1_000);
    long groupId = packets.group(users);
    packetId = packets.packet(users.getFirst(), groupId, "identical", 200, 2);
    var _ = packets.grab(users.get(1), packetId);
    var _ = packets.open(users.get(1), packetId);
    await().until(() -> packets.balance(users.get(1)) == 1_100);
  }

  @AfterEach
  void stop() {
    packets.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "UPDATE wallet_account SET balance = balance + 1 WHERE kind = 'USER_WALLET';"
            + " all balances together are zero",
        "UPDATE wallet_account SET balance = balance + 1 WHERE kind = 'USER_WALLET';"
            + " a balance is the sum of its entries",
        "UPDATE ledger_entry SET balance_after = 1101 WHERE balance_after = 1100;"
            + " an entry goes on from the one before",
        "DELETE FROM ledger_entry WHERE delta = 100; a transfer has its two legs",
        "UPDATE red_packet_share SET amount = 101 WHERE seq = 1; the shares are the packet",
        "UPDATE red_packet SET taken = 2; the counters agree with the places",
        "UPDATE red_packet_record SET amount = 99; an opened share is that of its place",
        "UPDATE wallet_account SET balance = 99 WHERE kind = 'PACKET_ESCROW';"
            + " the escrow holds what is not booked out",
        "UPDATE ledger_transfer SET amount = 90 WHERE code = 'REDPACKET_RECEIVED';"
            + " a booked share has exactly its transfer",
        "UPDATE red_packet SET state = 'REFUNDED', refund_amount = 50;"
            + " an ended packet accounts for every fen",
        "UPDATE red_packet SET best_amount = 101; the best is the largest share"
      })
  void findsWhatIsWrong(String sabotage, String rule) {
    assertThat(new Reconciliation(packets.database()).check(Reconciliation.EVERYTHING)).isEmpty();

    packets.update(sabotage);

    assertThat(new Reconciliation(packets.database()).check(Reconciliation.EVERYTHING))
        .extracting(Finding::rule)
        .contains(rule);
  }

  @Test
  void looksAtWhatIsRecentAlone() {
    packets.update("UPDATE red_packet SET best_amount = 101");

    assertThat(new Reconciliation(packets.database()).check(packetId)).hasSize(1);
    assertThat(new Reconciliation(packets.database()).check(packetId + 1)).isEmpty();
  }

  @Test
  void freezesThePacketAndNothingMovesInItAnyMore() {
    packets.update("UPDATE red_packet_share SET amount = 101 WHERE seq = 1");
    audit(new SimpleMeterRegistry());

    assertThat(packets.query("SELECT frozen_at IS NOT NULL FROM red_packet")).containsExactly("1");
    assertThat(packets.claimRefused(users.getFirst(), "redpacket.grab", packetId))
        .isEqualTo("unavailable");
    assertThat(packets.grab(users.get(1), packetId).get("status").asText()).isEqualTo("opened");
    assertThat(packets.balance(users.getFirst())).isEqualTo(800);
  }

  @Test
  void bringsBackATaskThatIsMissing() {
    packets.update("UPDATE red_packet SET state = 'EXPIRED', refund_amount = 100");

    audit(new SimpleMeterRegistry());

    await().until(() -> packets.balance(users.getFirst()) == 900);
  }

  @Test
  void countsDeadTasksAndTheDrift() {
    var meters = new SimpleMeterRegistry();
    packets.update("INSERT INTO outbox VALUES (" + packetId + ", 'SETTLE', 'DEAD', 11, 0)");
    packets.update(
        "UPDATE wallet_account SET balance = balance + 3 WHERE owner_id = " + users.get(1));
    audit(meters);

    assertThat(meters.get("hongbao.redpacket.outbox.dead").gauge().value()).isEqualTo(1);
    assertThat(meters.get("hongbao.redpacket.late").gauge().value()).isEqualTo(1);
    assertThat(meters.get("hongbao.money.drift").gauge().value()).isEqualTo(6);
  }

  private void audit(MeterRegistry meters) {
    try (var auditor =
        Auditor.start(packets.database(), Duration.ofHours(1), Duration.ofDays(1), meters)) {
      auditor.audit();
    }
  }
}
