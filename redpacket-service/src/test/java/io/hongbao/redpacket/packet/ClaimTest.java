package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.GroupLog.Kind;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.TestPackets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Grabbing, opening, finishing and expiring, as users see them.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ClaimTest {

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
    users = packets.users(4, 1_000);
    sender = users.getFirst();
    groupId = packets.group(users);
  }

  @AfterEach
  void everyFenIsWhereItShouldBe() {
    Books.assertRight(packets);
  }

  @AfterAll
  void stop() {
    packets.close();
  }

  @Test
  void aPlaceIsOpenedAndTheShareIsInTheWallet() {
    long packetId = packets.packet(sender, groupId, 600, 3);

    assertThat(packets.grab(users.get(1), packetId).toString())
        .isEqualTo("{\"status\":\"grabbed\"}");
    JsonNode opened = packets.open(users.get(1), packetId);

    assertThat(opened.get("status").asText()).isEqualTo("opened");
    long amount = opened.get("amountFen").asLong();
    assertThat(amount).isBetween(1L, 598L);
    assertThat(opened.get("openedAt").asLong()).isPositive();
    await().until(() -> packets.balance(users.get(1)) == 1_000 + amount);
  }

  @Test
  void repeatsGetTheFirstAnswer() {
    long packetId = packets.packet(sender, groupId, 600, 3);
    long user = users.get(1);
    var _ = packets.grab(user, packetId);
    assertThat(packets.grab(user, packetId).get("status").asText()).isEqualTo("grabbed");
    JsonNode opened = packets.open(user, packetId);

    assertThat(packets.open(user, packetId)).isEqualTo(opened);
    JsonNode grabbed = packets.grab(user, packetId);
    assertThat(grabbed.get("status").asText()).isEqualTo("opened");
    assertThat(grabbed.get("amountFen")).isEqualTo(opened.get("amountFen"));
    assertThat(packets.get(user, packetId).get("packet").get("claimedCount").asInt()).isOne();
  }

  @Test
  void anOpeningBehindAGrabWaitsForIt() {
    long packetId = packets.packet(sender, groupId, 600, 3);

    CompletableFuture<Reply> grab = packets.claim(users.get(1), "redpacket.grab", packetId);
    CompletableFuture<Reply> open = packets.claim(users.get(1), "redpacket.open", packetId);

    assertThat(TestPackets.data(grab.join()).get("status").asText()).isEqualTo("grabbed");
    assertThat(TestPackets.data(open.join()).get("status").asText()).isEqualTo("opened");
  }

  @Test
  void withoutAPlaceThereIsNothingToOpen() {
    long packetId = packets.packet(sender, groupId, 2, 2);

    assertThat(packets.claimRefused(users.get(1), "redpacket.open", packetId))
        .isEqualTo("not_grabbed");
    var _ = packets.grab(users.get(1), packetId);
    var _ = packets.grab(users.get(2), packetId);
    assertThat(packets.open(users.get(3), packetId).toString()).isEqualTo("{\"status\":\"empty\"}");
    assertThat(packets.grab(users.get(3), packetId).toString()).isEqualTo("{\"status\":\"empty\"}");
  }

  @Test
  void whoIsNoMemberGetsNothing() {
    long packetId = packets.packet(sender, groupId, 600, 1);
    long stranger = packets.users(1, 0).getFirst();

    assertThat(packets.claimRefused(stranger, "redpacket.grab", packetId))
        .isEqualTo("not_a_member");
    assertThat(packets.claimRefused(stranger, "redpacket.get", packetId)).isEqualTo("not_a_member");
    assertThat(packets.grab(users.get(1), packetId).get("status").asText()).isEqualTo("grabbed");
    assertThat(packets.claimRefused(stranger, "redpacket.grab", packetId))
        .isEqualTo("not_a_member");
    assertThat(packets.claimRefused(stranger, "redpacket.grab", 7)).isEqualTo("not_found");
    assertThat(packets.claimRefused(stranger, "redpacket.open", 7)).isEqualTo("not_found");
    assertThat(packets.claimRefused(stranger, "redpacket.get", 7)).isEqualTo("not_found");
  }

  @Test
  void whoIsRefusedLeavesTheTicketToTheNext() {
    long stranger = packets.users(1, 0).getFirst();
    for (int round = 0; round < 20; round++) {
      long packetId = packets.packet(sender, groupId, 2, 1);

      assertThat(packets.claimRefused(stranger, "redpacket.grab", packetId))
          .isEqualTo("not_a_member");
      assertThat(packets.grab(users.get(1), packetId).get("status").asText()).isEqualTo("grabbed");
    }
  }

  @Test
  void aPlaceMayBeOpenedAfterLeaving() {
    long packetId = packets.packet(sender, groupId, 600, 3);
    long user = users.get(1);
    var _ = packets.grab(user, packetId);
    packets.groups().leave(groupId, user);
    packets.groups().leave(groupId, users.get(2));

    assertThat(packets.open(user, packetId).get("status").asText()).isEqualTo("opened");
    assertThat(packets.get(user, packetId).get("claims")).isEmpty();
    assertThat(packets.claimRefused(users.get(2), "redpacket.grab", packetId))
        .isEqualTo("not_a_member");
  }

  @Test
  void aDissolvedGroupTakesNoNewGrabs() {
    long packetId = packets.packet(sender, groupId, 2, 2);
    var _ = packets.grab(users.get(1), packetId);
    packets.groups().dissolve(groupId);

    assertThat(packets.claimRefused(users.get(2), "redpacket.grab", packetId))
        .isEqualTo("group_dissolved");
    assertThat(packets.open(users.get(1), packetId).get("amountFen").asLong()).isOne();
    packets.passTime(packetId);
    await().until(() -> packets.balance(sender) == 999);
  }

  @Test
  void anExclusivePacketIsForItsRecipient() {
    String send =
        TestPackets.send(groupId, "x", "exclusive", 100, 1)
            .replace("}", ", \"recipientId\": \"" + users.get(1) + "\"}");
    long packetId = packets.ok(sender, "redpacket.send", send).get("packetId").asLong();

    assertThat(packets.claimRefused(users.get(2), "redpacket.grab", packetId))
        .isEqualTo("not_recipient");
    assertThat(packets.claimRefused(sender, "redpacket.grab", packetId)).isEqualTo("not_recipient");
    var _ = packets.grab(users.get(1), packetId);
    assertThat(packets.open(users.get(1), packetId).get("amountFen").asLong()).isEqualTo(100);
  }

  @Test
  void identicalSharesAreEqualAndTheSenderMayTakeOne() {
    long packetId = packets.packet(sender, groupId, "identical", 400, 4);

    for (long user : users) {
      var _ = packets.grab(user, packetId);
      assertThat(packets.open(user, packetId).get("amountFen").asLong()).isEqualTo(100);
    }
    await().until(() -> packets.balance(sender) == 700);
  }

  @Test
  void aFinishedPacketHasABestAnEntryAndAnEventToTheGroup() {
    long packetId = packets.packet(sender, groupId, 900, 3);
    long total = 0;
    for (long user : users.subList(1, 4)) {
      var _ = packets.grab(user, packetId);
      assertThat(packets.get(user, packetId).findValue("best")).isNull();
      total += packets.open(user, packetId).get("amountFen").asLong();
    }

    assertThat(total).isEqualTo(900);
    JsonNode details = packets.get(sender, packetId);
    assertThat(details.get("packet").get("status").asText()).isEqualTo("exhausted");
    assertThat(details.get("packet").get("openedFen").asLong()).isEqualTo(900);
    JsonNode best = details.get("claims").get(0);
    for (JsonNode claim : details.get("claims")) {
      best = claim.get("amountFen").asLong() > best.get("amountFen").asLong() ? claim : best;
    }
    assertThat(best.get("best").asBoolean()).isTrue();
    assertThat(details.get("claims").findValues("best")).hasSize(1);
    String bestUser = best.get("userId").asText();
    await()
        .until(
            () ->
                packets.groups().entries(groupId).stream()
                    .anyMatch(entry -> entry.kind() == Kind.ANNOUNCEMENT));
    assertThat(packets.groups().entries(groupId).getLast().content())
        .isEqualTo(
            ("{\"kind\":\"redpacket_finished\",\"actorId\":\"%d\",\"packetId\":\"%d\","
                    + "\"bestUserId\":\"%s\"}")
                .formatted(users.get(3), packetId, bestUser));
    assertThat(packets.published().toGroup(groupId))
        .singleElement()
        .hasToString(
            ("{\"packetId\":\"%d\",\"groupId\":\"%d\",\"status\":\"exhausted\","
                    + "\"claimedCount\":3,\"openedCount\":3,\"count\":3}")
                .formatted(packetId, groupId));
    await()
        .until(
            () ->
                packets
                    .query("SELECT state FROM red_packet WHERE packet_id = " + packetId)
                    .equals(List.of("CLOSED")));
  }

  @Test
  void senderAndOpenerAreToldOfEachOpening() {
    long packetId = packets.packet(sender, groupId, 900, 3);
    var _ = packets.grab(users.get(1), packetId);
    assertThat(packets.published().to(sender, "redpacket")).isEmpty();

    var _ = packets.open(users.get(1), packetId);

    for (long told : new long[] {sender, users.get(1)}) {
      await().until(() -> packets.published().to(told, "redpacket").size() == 1);
      JsonNode event = packets.published().to(told, "redpacket").getFirst();
      assertThat(event.get("openedCount").asInt()).isOne();
      assertThat(event.get("claimedCount").asInt()).isOne();
      assertThat(event.get("status").asText()).isEqualTo("active");
    }
    assertThat(packets.published().to(users.get(2), "redpacket")).isEmpty();
  }

  @Test
  void othersAmountsShowOnceOneHasOpened() {
    long packetId = packets.packet(sender, groupId, 900, 3);
    var _ = packets.grab(users.get(1), packetId);
    var _ = packets.open(users.get(1), packetId);
    var _ = packets.grab(users.get(2), packetId);

    assertThat(packets.get(users.get(2), packetId).findValues("amountFen")).isEmpty();
    assertThat(packets.get(users.get(3), packetId).findValues("amountFen")).isEmpty();
    assertThat(packets.get(sender, packetId).findValues("amountFen")).hasSize(1);
    assertThat(packets.get(users.get(1), packetId).findValues("amountFen")).hasSize(2);
    var _ = packets.open(users.get(2), packetId);
    assertThat(packets.get(users.get(2), packetId).get("claims").findValues("amountFen"))
        .hasSize(2);
  }

  @Test
  void claimsArePaged() {
    long packetId = packets.packet(sender, groupId, 900, 4);
    for (long user : users) {
      var _ = packets.grab(user, packetId);
    }

    JsonNode first =
        packets.ok(sender, "redpacket.get", "{\"packetId\": \"" + packetId + "\", \"limit\": 3}");
    JsonNode second =
        packets.ok(
            sender,
            "redpacket.get",
            "{\"packetId\": \"%d\", \"limit\": 3, \"cursor\": %s}"
                .formatted(packetId, first.get("nextCursor")));

    assertThat(first.get("claims")).hasSize(3);
    assertThat(second.get("claims")).hasSize(1);
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(second.get("claims").get(0).get("userId").asLong()).isEqualTo(users.get(3));
  }

  @Test
  void whatNobodyOpensGoesBack() {
    long packetId = packets.packet(sender, groupId, 900, 3);
    var _ = packets.grab(users.get(1), packetId);
    long opened = packets.open(users.get(1), packetId).get("amountFen").asLong();
    var _ = packets.grab(users.get(2), packetId);

    packets.passTime(packetId);

    assertThat(packets.open(users.get(2), packetId).toString())
        .isEqualTo("{\"status\":\"expired\"}");
    assertThat(packets.grab(users.get(3), packetId).toString())
        .isEqualTo("{\"status\":\"expired\"}");
    assertThat(packets.open(users.get(3), packetId).get("status").asText()).isEqualTo("expired");
    assertThat(packets.grab(users.get(1), packetId).get("amountFen").asLong()).isEqualTo(opened);
    await().until(() -> packets.balance(sender) == 1_000 - opened);
    JsonNode details = packets.get(users.get(3), packetId).get("packet");
    assertThat(details.get("status").asText()).isEqualTo("refunded");
    assertThat(details.get("claimedCount").asInt()).isEqualTo(2);
    JsonNode entry = packets.ok(sender, "wallet.entries", "{}").get("entries").get(0);
    assertThat(entry.get("kind").asText()).isEqualTo("redpacket_refund");
    assertThat(entry.get("amountFen").asLong()).isEqualTo(900 - opened);
    assertThat(packets.groups().entries(groupId)).hasSize(1);
  }

  @Test
  void anExpiredPacketWhosePlacesWereAllTakenStaysEmpty() {
    long packetId = packets.packet(sender, groupId, 2, 2);
    var _ = packets.grab(users.get(1), packetId);
    var _ = packets.grab(users.get(2), packetId);

    packets.passTime(packetId);

    assertThat(packets.open(users.get(1), packetId).get("status").asText()).isEqualTo("expired");
    assertThat(packets.grab(users.get(2), packetId).get("status").asText()).isEqualTo("expired");
    assertThat(packets.grab(users.get(3), packetId).get("status").asText()).isEqualTo("empty");
    await().until(() -> packets.balance(sender) == 1_000);
  }

  @Test
  void recordsOfAYearCountAndPage() {
    for (int i = 0; i < 3; i++) {
      long packetId = packets.packet(sender, groupId, 50, 1);
      var _ = packets.grab(users.get(1), packetId);
      var _ = packets.open(users.get(1), packetId);
    }
    int year = OffsetDateTime.now(ZoneOffset.ofHours(8)).getYear();

    JsonNode sent = packets.ok(sender, "redpacket.records", records("sent", year));
    JsonNode received = packets.ok(users.get(1), "redpacket.records", records("received", year));
    JsonNode before = packets.ok(sender, "redpacket.records", records("sent", year - 1));

    assertThat(sent.get("count").asInt()).isEqualTo(3);
    assertThat(sent.get("totalFen").asLong()).isEqualTo(150);
    assertThat(sent.get("records")).hasSize(2);
    assertThat(sent.has("nextCursor")).isTrue();
    assertThat(sent.has("bestCount")).isFalse();
    assertThat(received.get("bestCount").asInt()).isEqualTo(3);
    assertThat(received.get("records").get(0).get("best").asBoolean()).isTrue();
    assertThat(received.get("records").get(0).get("amountFen").asLong()).isEqualTo(50);
    assertThat(before.toString()).isEqualTo("{\"count\":0,\"totalFen\":0,\"records\":[]}");
  }

  private static String records(String direction, int year) {
    return "{\"direction\": \"%s\", \"year\": %d, \"limit\": 2}".formatted(direction, year);
  }
}
