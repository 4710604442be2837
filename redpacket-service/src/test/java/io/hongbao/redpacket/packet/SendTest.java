package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.GroupLog.NewEntry;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.TestPackets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class SendTest {

  private TestPackets packets;
  private List<Long> users;
  private long sender;
  private long groupId;

  @BeforeAll
  void start(TestServices services) {
    packets = TestPackets.start(services);
  }

  @BeforeEach
  void makeGroup() {
    users = packets.users(3, 1_000);
    sender = users.getFirst();
    groupId = packets.group(users);
  }

  @AfterEach
  void everyFenIsWhereItShouldBe() {
    packets.groups().refuse(null);
    packets.groups().loseAnswers(false);
    Books.assertRight(packets);
  }

  @AfterAll
  void stop() {
    packets.close();
  }

  @Test
  void aPacketIsPaidAndIsInTheLog() {
    JsonNode sent = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));

    assertThat(packets.balance(sender)).isEqualTo(400);
    assertThat(packets.groups().entries(groupId)).hasSize(1);
    NewEntry entry = packets.groups().entries(groupId).getFirst();
    assertThat(entry.content())
        .isEqualTo(
            "{\"packetId\":\"%s\",\"kind\":\"lucky\",\"count\":3,\"greeting\":\"good luck\"}"
                .formatted(sent.get("packetId").asText()));
    assertThat(sent.get("messageId").asLong()).isEqualTo(entry.messageId());
    assertThat(sent.get("seq").asLong()).isEqualTo(1);
    JsonNode wallet = packets.published().to(sender, "wallet").getLast();
    assertThat(wallet.get("entry").get("kind").asText()).isEqualTo("redpacket_sent");
    assertThat(wallet.get("entry").get("amountFen").asLong()).isEqualTo(-600);
    assertThat(wallet.get("entry").get("packetId")).isEqualTo(sent.get("packetId"));
  }

  @Test
  void aRepeatGetsTheFirstAnswerAndPaysNothing() {
    JsonNode sent = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));
    packets.groups().leave(groupId, sender);

    assertThat(packets.ok(sender, "redpacket.send", lucky("a", 600, 3))).isEqualTo(sent);

    assertThat(packets.balance(sender)).isEqualTo(400);
    assertThat(packets.groups().entries(groupId)).hasSize(1);
  }

  @Test
  void theSameSendManyTimesAtOnceIsOnePacket() {
    var replies =
        IntStream.range(0, 20)
            .mapToObj(_ -> packets.ask(sender, "redpacket.send", lucky("a", 600, 3)))
            .toList();

    assertThat(replies.stream().map(reply -> TestPackets.data(reply.join())).distinct()).hasSize(1);
    assertThat(packets.balance(sender)).isEqualTo(400);
  }

  @Test
  void anotherContentUnderTheSameKeyIsAConflict() {
    var _ = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));

    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 601, 3))).isEqualTo("conflict");
    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 600, 2))).isEqualTo("conflict");
  }

  @ParameterizedTest
  @CsvSource({
    "lucky, 0, 1, totalFen",
    "lucky, -1, 1, totalFen",
    "lucky, 2, 3, totalFen",
    "lucky, 9223372036854775808, 1, totalFen",
    "lucky, 20001, 1, totalFen",
    "lucky, 600, 501, count",
    "lucky, 600, 0, count",
    "identical, 10, 3, totalFen",
    "exclusive, 100, 2, count",
    "exclusive, 100, 1, recipientId",
    "merry, 100, 1, kind"
  })
  void refusesWhatIsWrongAndWritesNothing(String kind, String totalFen, int count, String field) {
    String data =
        TestPackets.send(groupId, "a", kind, 1, count)
            .replace("\"totalFen\": 1,", "\"totalFen\": " + totalFen + ",");

    Refusal refusal = packets.refusal(sender, "redpacket.send", data);

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refusal.field()).isEqualTo(field);
    assertNothingWritten();
  }

  @Test
  void refusesAFenTooMuch() {
    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 1_001, 3)))
        .isEqualTo("insufficient_funds");
    assertNothingWritten();

    var _ = packets.ok(sender, "redpacket.send", lucky("a", 1_000, 3));
    assertThat(packets.balance(sender)).isZero();
  }

  @Test
  void refusesAStranger() {
    long stranger = packets.users(1, 1_000).getFirst();

    assertThat(packets.refused(stranger, "redpacket.send", lucky("a", 600, 3)))
        .isEqualTo("not_a_member");
    assertThat(packets.refused(stranger, "redpacket.send", TestPackets.lucky(1, "a", 600, 3)))
        .isEqualTo("not_found");
    assertThat(packets.balance(stranger)).isEqualTo(1_000);
  }

  @Test
  void anExclusivePacketGoesToAnotherMember() {
    long stranger = packets.users(1, 0).getFirst();

    for (long wrong : new long[] {sender, stranger}) {
      Refusal refusal = packets.refusal(sender, "redpacket.send", exclusive(wrong));
      assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(refusal.field()).isEqualTo("recipientId");
    }
    assertNothingWritten();
    var _ = packets.ok(sender, "redpacket.send", exclusive(users.get(1)));
  }

  @Test
  void whatTheLogRefusesIsPaidBackAndTheKeyIsFree() {
    packets.groups().refuse(Refusal.of(ErrorCode.MUTED, "muted"));

    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 600, 3))).isEqualTo("muted");

    assertThat(packets.balance(sender)).isEqualTo(1_000);
    assertThat(packets.groups().entries(groupId)).isEmpty();
    packets.groups().refuse(null);
    var _ = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));
    assertThat(packets.balance(sender)).isEqualTo(400);
  }

  @Test
  void whileTheLogIsAwayThePacketWaitsAndComesByItself() {
    packets.groups().refuse(Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again", 1_000));
    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 600, 3)))
        .isEqualTo("unavailable");

    packets.groups().refuse(null);

    await().until(() -> packets.groups().entries(groupId).size() == 1);
    JsonNode sent = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));
    assertThat(sent.get("seq").asLong()).isEqualTo(1);
    assertThat(packets.balance(sender)).isEqualTo(400);
  }

  @Test
  void anEntryWhoseAnswerIsLostIsStillOne() {
    packets.groups().loseAnswers(true);
    assertThat(packets.refused(sender, "redpacket.send", lucky("a", 600, 3)))
        .isEqualTo("unavailable");
    packets.groups().loseAnswers(false);

    JsonNode sent = packets.ok(sender, "redpacket.send", lucky("a", 600, 3));

    assertThat(packets.groups().entries(groupId)).hasSize(1);
    assertThat(packets.grab(users.get(1), sent.get("packetId").asLong()).get("status").asText())
        .isEqualTo("grabbed");
  }

  private void assertNothingWritten() {
    assertThat(packets.balance(sender)).isEqualTo(1_000);
    assertThat(packets.query("SELECT 1 FROM red_packet WHERE sender_id = " + sender)).isEmpty();
    assertThat(
            packets.query(
                """
                SELECT owner_id FROM wallet_account
                WHERE kind = 'PACKET_ESCROW' AND owner_id NOT IN (SELECT packet_id FROM red_packet)
                """))
        .isEmpty();
  }

  private String lucky(String key, long totalFen, int count) {
    return TestPackets.lucky(groupId, key, totalFen, count);
  }

  private String exclusive(long recipientId) {
    return TestPackets.send(groupId, "x", "exclusive", 100, 1)
        .replace("}", ", \"recipientId\": \"" + recipientId + "\"}");
  }
}
