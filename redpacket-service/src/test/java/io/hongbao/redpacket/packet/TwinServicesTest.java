package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.FakeGroups;
import io.hongbao.redpacket.kit.Storm;
import io.hongbao.redpacket.kit.TestPackets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two services on one database and one Redis: whatever both do at once happens once.
@ExtendWith(EmbeddedServices.class)
final class TwinServicesTest {

  private static final int COUNT = 20;

  private final FakeGroups groups = new FakeGroups();
  private final TestPackets one;
  private final TestPackets two;

  TwinServicesTest(TestServices services) {
    this.one = start(services);
    this.two = start(services);
  }

  private TestPackets start(TestServices services) {
    return TestPackets.start(
        services.jdbcUrl(),
        services.user(),
        services.password(),
        services.redisUrl(),
        groups,
        Map.of());
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void aRequestThatBothAreAskedIsCarriedOutOnce() {
    long sender = one.users(1, 0).getFirst();
    long group = one.group(List.of(sender));
    for (int round = 0; round < 10; round++) {
      String key = "k" + round;
      assertThat(atBoth(sender, "wallet.topup", TestPackets.topup(500, key)).get("balanceFen"))
          .hasToString(Integer.toString(100 * round + 500));
      assertThat(atBoth(sender, "redpacket.send", TestPackets.lucky(group, key, 400, 4)))
          .isNotEmpty();
    }
    assertThat(one.balance(sender)).isEqualTo(1_000);
    assertThat(two.balance(sender)).isEqualTo(1_000);
    assertThat(groups.entries(group)).hasSize(10);
    assertThat(told(sender)).isEqualTo(20);
    Books.assertRight(one);
  }

  @Test
  void whoWaitsHereLearnsOfAPaymentThatIsConfirmedThere() {
    long user = one.users(1, 0).getFirst();
    one.payments().hold(true);
    CompletableFuture<Reply> reply = one.ask(user, "wallet.topup", TestPackets.topup(100, "a"));
    await().until(() -> !one.payments().requested().isEmpty());

    two.payments().confirm(one.payments().requested().getFirst());

    assertThat(TestPackets.data(reply.join())).hasToString("{\"balanceFen\":100}");
  }

  @Test
  void whatBothCarryOutIsBookedAndToldOnce() {
    List<Long> users = one.users(COUNT, 10);
    long sender = users.getFirst();
    long group = one.group(users);
    for (int round = 0; round < 5; round++) {
      long packet = (round % 2 == 0 ? one : two).packet(sender, group, 2, 2);
      long opener = users.get(1 + round);
      var _ = one.grab(opener, packet);
      var _ = two.open(opener, packet);
      one.passTime(packet);
    }
    await()
        .until(
            () ->
                one.query("SELECT 1 FROM red_packet WHERE state <> 'REFUNDED'").isEmpty()
                    && one.query("SELECT 1 FROM outbox").isEmpty());
    assertThat(one.balance(sender)).isEqualTo(5);
    assertThat(told(sender)).isEqualTo(1 + 5 + 5);
    for (long opener : users.subList(1, 6)) {
      assertThat(two.balance(opener)).isEqualTo(11);
      assertThat(told(opener)).isEqualTo(2);
    }
    assertThat(groups.entries(group)).hasSize(5);
    Books.assertRight(one);
  }

  @Test
  void oneOfTwoDiesInMidStorm() throws Exception {
    List<Long> users = one.users(150, 0);
    var _ = one.ok(users.getFirst(), "wallet.topup", TestPackets.topup(5_000, "money"));
    long packet = two.packet(users.getFirst(), one.group(users), 5_000, 50);
    var storm = new Storm(List.of(one, two), packet);
    CompletableFuture<Void> death = storm.disturb(() -> two.database().close());

    storm.run(users);

    death.join();
    storm.assertWhole(5_000, 50);
    await()
        .until(
            () ->
                one.query("SELECT state FROM red_packet WHERE packet_id = " + packet)
                    .equals(List.of("CLOSED")));
    Books.assertRight(one);
  }

  /// The one answer of both, who are asked at once.
  private JsonNode atBoth(long user, String op, String data) {
    var first = one.ask(user, op, data);
    var second = two.ask(user, op, data);
    JsonNode answer = TestPackets.data(first.join());
    assertThat(TestPackets.data(second.join())).isEqualTo(answer);
    return answer;
  }

  private int told(long user) {
    return one.published().to(user, "wallet").size() + two.published().to(user, "wallet").size();
  }
}
