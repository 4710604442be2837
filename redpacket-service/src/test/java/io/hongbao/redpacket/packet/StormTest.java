package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.PrivateDatabase;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.FakeGroups;
import io.hongbao.redpacket.kit.Storm;
import io.hongbao.redpacket.kit.TestPackets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A crowd on one packet, undisturbed and while Redis, the database or a second process do what
/// they can.
@ExtendWith(EmbeddedServices.class)
final class StormTest {

  private static final int COUNT = 50;
  private static final long TOTAL = 5_000;

  @Test
  void aCrowdCostsAFewTransactionsAndNobodyWaitsInVain(TestServices services) throws Exception {
    try (var packets = TestPackets.start(services)) {
      List<Long> users = crowd(packets, 2_000);
      long packetId = packets.packet(users.getFirst(), packets.group(users), 10_000, 100);
      long before = transactions(packets);

      List<CompletableFuture<Reply>> grabs =
          users.stream().map(user -> packets.claim(user, "redpacket.grab", packetId)).toList();

      assertThat(grabs.stream().map(CompletableFuture::join).filter(StormTest::isPlace))
          .hasSize(100);
      assertThat(transactions(packets) - before).isLessThanOrEqualTo(12);
      var storm = new Storm(List.of(packets), packetId);
      storm.run(users);
      storm.assertWhole(10_000, 100);
      assertThat(storm.nothing()).hasSize(1_900);
      await().until(() -> settled(packets, packetId));
      Books.assertRight(packets);
    }
  }

  @Test
  void losersAreAnsweredWithoutSql(TestServices services) throws Exception {
    try (var packets = TestPackets.start(services)) {
      List<Long> users = crowd(packets, 1_000);
      long groupId = packets.group(users);
      long packetId = packets.packet(users.getFirst(), groupId, TOTAL, COUNT);
      new Storm(List.of(packets), packetId).run(users.subList(0, COUNT));
      await().until(() -> settled(packets, packetId));
      long before = transactions(packets);
      int reads = packets.groups().reads();

      for (long user : users.subList(COUNT, 1_000)) {
        assertThat(packets.grab(user, packetId).get("status").asText()).isEqualTo("empty");
      }

      assertThat(transactions(packets)).isEqualTo(before);
      assertThat(packets.groups().reads() - reads).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void twoProcessesShareAPacket(TestServices services) throws Exception {
    var groups = new FakeGroups();
    try (var one = start(services, services.redisUrl(), groups);
        var two = start(services, services.redisUrl(), groups)) {
      List<Long> users = crowd(one, 300);
      long packetId = one.packet(users.getFirst(), one.group(users), TOTAL, COUNT);
      var storm = new Storm(List.of(one, two), packetId);

      storm.run(users);

      storm.assertWhole(TOTAL, COUNT);
      await().until(() -> settled(one, packetId));
      Books.assertRight(one);
    }
  }

  @Test
  void redisIsKilledFlushedAndPausedInMidStorm(TestServices services) throws Exception {
    EmbeddedRedis redis = services.privateRedis();
    try (var packets = start(services, redis.url(), new FakeGroups())) {
      List<Long> users = crowd(packets, 300);
      long groupId = packets.group(users);
      for (Runnable trouble :
          List.<Runnable>of(
              () -> packets.redis().sync().flushall(),
              () -> packets.redis().sync().scriptFlush(),
              () -> packets.redis().sync().clientPause(700),
              redis::kill,
              redis::restart)) {
        long packetId = packets.packet(users.getFirst(), groupId, 50, COUNT);
        var storm = new Storm(List.of(packets), packetId);
        CompletableFuture<Void> disturbing = storm.disturb(trouble);

        storm.run(users);

        disturbing.join();
        storm.assertWhole(50, COUNT);
      }
      Books.assertRight(packets);
    }
  }

  @Test
  void anOldStateOfRedisGivesNothingAwayTwice(TestServices services) throws Exception {
    try (var packets = start(services, services.redisUrl(), new FakeGroups())) {
      List<Long> users = crowd(packets, 120);
      long packetId = packets.packet(users.getFirst(), packets.group(users), TOTAL, COUNT);
      new Storm(List.of(packets), packetId).run(users.subList(0, 30));
      // As a replica that lagged has it: nobody has asked yet.
      String key = "{rp:" + packetId + "}";
      packets.redis().sync().del(key + ":u");
      packets.redis().sync().hset(key + ":m", "tickets", Integer.toString(COUNT));
      var storm = new Storm(List.of(packets), packetId);

      storm.run(users.subList(30, 120));

      assertThat(storm.opened()).hasSize(COUNT - 30);
      await().until(() -> settled(packets, packetId));
      Books.assertRight(packets);
    }
  }

  @Test
  void ticketsThatNobodyHoldsAreFilledAgain(TestServices services) throws Exception {
    try (var packets = start(services, services.redisUrl(), new FakeGroups())) {
      List<Long> users = crowd(packets, 20);
      long packetId = packets.packet(users.getFirst(), packets.group(users), 10, 10);
      packets.redis().sync().hset("{rp:" + packetId + "}:m", "tickets", "0");
      var storm = new Storm(List.of(packets), packetId);

      storm.run(users);

      storm.assertWhole(10, 10);
    }
  }

  @Test
  void theDatabaseIsStoppedInMidStorm(TestServices services) throws Exception {
    PrivateDatabase database = services.privateDatabase();
    try (var packets =
        TestPackets.start(
            database.jdbcUrl(),
            database.user(),
            database.password(),
            services.redisUrl(),
            new FakeGroups(),
            Map.of())) {
      List<Long> users = crowd(packets, 150);
      long packetId = packets.packet(users.getFirst(), packets.group(users), TOTAL, COUNT);
      var storm = new Storm(List.of(packets), packetId);
      CompletableFuture<Void> stopping =
          storm.disturb(
              () -> {
                database.stop();
                database.restart();
              });

      storm.run(users);

      stopping.join();
      storm.assertWhole(TOTAL, COUNT);
      await().atMost(Duration.ofSeconds(30)).until(() -> settled(packets, packetId));
      Books.assertRight(packets);
    }
  }

  @Test
  void openingAgainstExpiryIsOneOrTheOther(TestServices services) {
    try (var packets = start(services, services.redisUrl(), new FakeGroups())) {
      List<Long> users = crowd(packets, 2);
      long sender = users.getFirst();
      long groupId = packets.group(users);
      long taker = users.get(1);
      for (int round = 0; round < 60; round++) {
        long packetId = packets.packet(sender, groupId, 10, 1);
        var _ = packets.grab(taker, packetId);
        var expiring = CompletableFuture.runAsync(() -> packets.passTime(packetId));
        String told = packets.open(taker, packetId).get("status").asText();
        expiring.join();
        assertThat(told).isIn("opened", "expired");
        assertThat(packets.open(taker, packetId).get("status").asText()).isEqualTo(told);
      }
      await()
          .until(
              () ->
                  packets
                      .query("SELECT 1 FROM red_packet WHERE state IN ('EXPIRED', 'FINISHED')")
                      .isEmpty());
      Books.assertRight(packets);
    }
  }

  /// The first of them has money.
  private static List<Long> crowd(TestPackets packets, int count) {
    var users = new ArrayList<Long>(packets.users(1, 10_000));
    users.addAll(packets.users(count - 1, 0));
    return users;
  }

  private static TestPackets start(TestServices services, String redisUrl, FakeGroups groups) {
    return TestPackets.start(
        services.jdbcUrl(), services.user(), services.password(), redisUrl, groups, Map.of());
  }

  private static boolean isPlace(Reply reply) {
    return reply instanceof Reply.Success
        && TestPackets.data(reply).get("status").asText().equals("grabbed");
  }

  /// Of the packets' writers: each batch is one.
  private static long transactions(TestPackets packets) {
    return packets.meters().get("hongbao.redpacket.batch").summary().count();
  }

  private static boolean settled(TestPackets packets, long packetId) {
    return packets
        .query("SELECT state FROM red_packet WHERE packet_id = " + packetId)
        .equals(List.of("CLOSED"));
  }
}
