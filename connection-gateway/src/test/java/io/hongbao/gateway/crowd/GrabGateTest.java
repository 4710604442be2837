package io.hongbao.gateway.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.PacketCrowd;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class GrabGateTest {

  private static final long PACKET = 5;

  private final List<Long> asked = new ArrayList<>();
  private long nanos;
  private final GrabGate gate = new GrabGate(() -> nanos);
  private final Exchange exchange =
      Objects.requireNonNull(gate.before(Map.of("redpacket.", this::answer)).get("redpacket."));

  @Test
  void letsEverybodyAskOfAPacketThatItDoesNotKnow() {
    grabAll(1, 100);

    assertThat(asked).hasSize(100);
  }

  @Test
  void letsTwiceAsManyUsersAskAsThereArePlaces() {
    gate.know(new PacketCrowd(1, PACKET, 10, 10, null));

    grabAll(1, 100);

    assertThat(asked).hasSize(20);
    Reply reply = grab(50);
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    var refusal = ((Reply.Failure) reply).refusal();
    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.retryAfterMs()).isBetween(300L, 800L);
  }

  @Test
  void whoHasAskedMayAskAgain() {
    gate.know(new PacketCrowd(1, PACKET, 1, 1, null));
    grabAll(1, 10);

    var _ = grab(1);
    var _ = grab(2);

    assertThat(asked).containsExactly(1L, 2L, 1L, 2L);
  }

  @Test
  void letsMoreAskAfterAWhileSoThatNoPlaceIsStuck() {
    gate.know(new PacketCrowd(1, PACKET, 1, 1, null));
    grabAll(1, 10);

    nanos += Crowd.REFILL_AFTER.toNanos();
    grabAll(11, 20);

    assertThat(asked).containsExactly(1L, 2L, 11L, 12L);
  }

  @Test
  void afterTheEndEverybodyIsToldByTheServiceAndRepeatsByTheGate() {
    gate.know(new PacketCrowd(1, PACKET, 1, 0, List.of(1L)));

    for (int i = 0; i < 3; i++) {
      assertThat(grab(7)).isInstanceOf(Reply.Success.class);
      assertThat(grab(1)).isInstanceOf(Reply.Success.class);
    }

    assertThat(asked).containsExactly(7L, 1L, 1L, 1L);
  }

  @Test
  void ofAPacketItHasForgottenEverybodyAsks() {
    gate.know(new PacketCrowd(1, PACKET, 1, 1, null));
    for (long other = 1; other <= GrabGate.PACKETS_MAX; other++) {
      gate.know(new PacketCrowd(1, PACKET + other, 1, 1, null));
    }

    grabAll(1, 10);

    assertThat(asked).hasSize(10);
  }

  @Test
  void usersBeyondWhatItRemembersCountAnew() {
    gate.know(new PacketCrowd(1, PACKET, Crowd.USERS_MAX, Crowd.USERS_MAX, null));

    grabAll(1, Crowd.USERS_MAX + 1);
    grabAll(1, 1);
    grabAll(Crowd.USERS_MAX + 2, 3 * Crowd.USERS_MAX);

    assertThat(asked).hasSize(2 * Crowd.USERS_MAX);
  }

  @Test
  void otherOperationsAndMalformedOnesGoThrough() {
    gate.know(new PacketCrowd(1, PACKET, 1, 1, null));
    grabAll(1, 2);

    var _ = ask(9, "redpacket.open", "{\"packetId\": \"5\"}");
    var _ = ask(9, "redpacket.grab", "{}");

    assertThat(asked).containsExactly(1L, 2L, 9L, 9L);
  }

  private void grabAll(long from, long to) {
    for (long user = from; user <= to; user++) {
      var _ = grab(user);
    }
  }

  private Reply grab(long userId) {
    return ask(userId, "redpacket.grab", "{\"packetId\": \"5\"}");
  }

  private Reply ask(long userId, String op, String data) {
    var request =
        new Request(
            new Caller(userId, userId, "d", "a"), op, data.getBytes(StandardCharsets.UTF_8));
    return Objects.requireNonNull(exchange.exchange(request).toCompletableFuture().join());
  }

  private CompletableFuture<Reply> answer(Request request) {
    asked.add(request.caller().userId());
    return CompletableFuture.completedFuture(Reply.of(Map.of("status", "empty")));
  }
}
