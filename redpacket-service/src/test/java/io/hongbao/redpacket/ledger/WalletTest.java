package io.hongbao.redpacket.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.TestPackets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class WalletTest {

  private TestPackets packets;

  @BeforeAll
  void start(TestServices services) {
    packets = TestPackets.start(services);
  }

  @AfterEach
  void everyFenIsWhereItShouldBe() {
    packets.payments().hold(false);
    Books.assertRight(packets);
  }

  @AfterAll
  void stop() {
    packets.close();
  }

  @Test
  void aNewUserHasNothing() {
    assertThat(packets.balance(user())).isZero();
    assertThat(packets.ok(user(), "wallet.entries", "{}").get("entries")).isEmpty();
  }

  @Test
  void aTopUpIsInTheBalanceTheEntriesAndTheEvent() {
    long user = user();

    JsonNode reply = packets.ok(user, "wallet.topup", TestPackets.topup(1_250, "a"));

    assertThat(reply.toString()).isEqualTo("{\"balanceFen\":1250}");
    assertThat(packets.balance(user)).isEqualTo(1_250);
    JsonNode entry = packets.ok(user, "wallet.entries", "{}").get("entries").get(0);
    assertThat(entry.get("kind").asText()).isEqualTo("topup");
    assertThat(entry.get("amountFen").asLong()).isEqualTo(1_250);
    assertThat(entry.get("balanceFen").asLong()).isEqualTo(1_250);
    assertThat(entry.get("entryId").isTextual()).isTrue();
    assertThat(entry.get("createdAt").asLong()).isPositive();
    List<JsonNode> events = packets.published().to(user, "wallet");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().get("balanceFen").asLong()).isEqualTo(1_250);
    assertThat(events.getFirst().get("entry")).isEqualTo(entry);
  }

  @Test
  void aRepeatGetsTheFirstAnswer() {
    long user = user();
    var _ = packets.ok(user, "wallet.topup", TestPackets.topup(100, "a"));
    var _ = packets.ok(user, "wallet.topup", TestPackets.topup(50, "b"));

    JsonNode repeated = packets.ok(user, "wallet.topup", TestPackets.topup(100, "a"));

    assertThat(repeated.get("balanceFen").asLong()).isEqualTo(100);
    assertThat(packets.balance(user)).isEqualTo(150);
  }

  @Test
  void anotherAmountUnderTheSameKeyIsAConflict() {
    long user = user();
    var _ = packets.ok(user, "wallet.topup", TestPackets.topup(100, "a"));

    assertThat(packets.refused(user, "wallet.topup", TestPackets.topup(101, "a")))
        .isEqualTo("conflict");
    assertThat(packets.balance(user)).isEqualTo(100);
  }

  @Test
  void aPaymentThatIsConfirmedTwiceIsBookedOnce() {
    long user = user();
    var _ = packets.ok(user, "wallet.topup", TestPackets.topup(100, "a"));
    var payment = packets.payments().requested().getLast();

    packets.payments().confirm(payment);
    packets.payments().confirm(payment);

    assertThat(packets.balance(user)).isEqualTo(100);
  }

  @Test
  void aPaymentThatIsConfirmedLateIsBookedThen() {
    long user = user();
    packets.payments().hold(true);
    CompletableFuture<Reply> reply = packets.ask(user, "wallet.topup", TestPackets.topup(100, "a"));
    await()
        .until(() -> packets.payments().requested().stream().anyMatch(it -> it.userId() == user));
    assertThat(reply).isNotDone();
    assertThat(packets.balance(user)).isZero();

    packets.payments().confirm(packets.payments().requested().getLast());

    assertThat(TestPackets.data(reply.join()).toString()).isEqualTo("{\"balanceFen\":100}");
  }

  @Test
  void aPaymentThatIsNeverConfirmedMovesNothing() {
    long user = user();
    packets.payments().hold(true);

    var refusal = packets.refusal(user, "wallet.topup", TestPackets.topup(100, "a"));

    assertThat(refusal.code().wireName()).isEqualTo("unavailable");
    assertThat(refusal.retryAfterMs()).isPositive();
    assertThat(packets.balance(user)).isZero();
    packets.payments().hold(false);
    assertThat(packets.ok(user, "wallet.topup", TestPackets.topup(100, "a")).get("balanceFen"))
        .hasToString("100");
  }

  @Test
  void aConfirmationOfAnotherAmountMovesNothing() {
    long user = user();
    packets.payments().hold(true);
    var reply = packets.ask(user, "wallet.topup", TestPackets.topup(100, "a"));
    await()
        .until(() -> packets.payments().requested().stream().anyMatch(it -> it.userId() == user));
    var asked = packets.payments().requested().getLast();

    packets.payments().confirm(new PaymentGateway.Payment(asked.paymentId(), user, 1_000));

    assertThat(packets.balance(user)).isZero();
    packets.payments().confirm(asked);
    assertThat(TestPackets.data(reply.join()).get("balanceFen").asLong()).isEqualTo(100);
  }

  @Test
  void entriesArePagedNewestFirst() {
    long user = user();
    for (int i = 1; i <= 5; i++) {
      var _ = packets.ok(user, "wallet.topup", TestPackets.topup(i, "k" + i));
    }

    var amounts = new ArrayList<Long>();
    String cursor = "";
    do {
      JsonNode page = packets.ok(user, "wallet.entries", "{\"limit\": 2" + cursor + "}");
      page.get("entries").forEach(entry -> amounts.add(entry.get("amountFen").asLong()));
      cursor = page.has("nextCursor") ? ", \"cursor\": " + page.get("nextCursor") : "";
    } while (!cursor.isEmpty());

    assertThat(amounts).containsExactly(5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void topUpsAtOnceAllCount() {
    long user = user();

    List<? extends CompletableFuture<?>> replies =
        IntStream.range(0, 40)
            .mapToObj(i -> packets.ask(user, "wallet.topup", TestPackets.topup(7, "k" + i % 20)))
            .toList();
    replies.forEach(CompletableFuture::join);

    assertThat(packets.balance(user)).isEqualTo(140);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "100000001", "9223372036854775808", "1.5", "\"5\"", "null", "true"})
  void refusesWrongAmounts(String amount) {
    long user = user();

    var refusal =
        packets.refusal(
            user, "wallet.topup", "{\"amountFen\": " + amount + ", \"clientTransferId\": \"a\"}");

    assertThat(refusal.code().wireName()).isEqualTo("invalid_argument");
    assertThat(refusal.field()).isEqualTo("amountFen");
    assertThat(packets.query("SELECT * FROM wallet_topup WHERE user_id = " + user)).isEmpty();
  }

  private long user() {
    return packets.users(1, 0).getFirst();
  }
}
