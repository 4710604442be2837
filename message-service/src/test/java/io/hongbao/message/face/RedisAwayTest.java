package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static io.hongbao.message.face.FaceService.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.LaneClock;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class RedisAwayTest {

  private final EmbeddedRedis redis;
  private final AtomicBoolean stopsRedis = new AtomicBoolean();
  private final FaceService service;
  private String code = "";
  private long ann;
  private long bob;

  RedisAwayTest(TestServices services) {
    this.redis = services.privateRedis();
    var clock = new LaneClock(Clock.systemUTC(), this::stopRedis);
    this.service = FaceService.with(services).redisUrl(redis.url()).start(clock);
  }

  /// At the moment when a lane decides.
  private void stopRedis() {
    if (stopsRedis.compareAndSet(true, false)) {
      redis.stop();
    }
  }

  @BeforeEach
  void people() {
    code = FaceService.freshCode();
    List<Long> users = service.users(2);
    ann = users.get(0);
    bob = users.get(1);
  }

  @AfterEach
  void restart() {
    redis.restart();
    await().until(service.redis::isReady);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"face.enter", "face.confirm", "face.leave"})
  void everythingIsUnavailableAndNothingIsMade(String op) {
    service.enter(ann, code);
    redis.stop();

    Refusal refusal = FaceService.refusal(service.ask(ann, op, code(code)).join());
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refusal.retryAfterMs()).isPositive();
    assertThat(service.query("SELECT group_id FROM random_code WHERE code = '" + code + "'"))
        .isEmpty();
  }

  @Test
  void afterwardsTheRoomGoesOn() {
    service.enter(ann, code);
    redis.stop();
    FaceService.refusal(service.ask(bob, "face.enter", code(code)).join());
    redis.restart();
    await().until(service.redis::isReady);

    assertThat(waiting(service.enter(bob, code))).containsExactly(ann, bob);
    assertThat(service.confirm(ann, code).get("created").booleanValue()).isTrue();
    service.confirm(bob, code);
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
    await().untilAsserted(() -> assertThat(service.lastEvent(code, ann).has("groupId")).isTrue());
  }

  @Test
  void aGroupThatIsMadeIsAnsweredThoughRedisIsGoneByThen() {
    service.enter(ann, code);
    stopsRedis.set(true);

    Reply reply = service.ask(ann, "face.confirm", code(code)).join();
    JsonNode made = FaceService.data(reply);
    assertThat(stopsRedis).isFalse();
    assertThat(made.get("created").booleanValue()).isTrue();

    redis.restart();
    await().until(service.redis::isReady);
    service.enter(bob, code);
    assertThat(service.confirm(bob, code).get("group").get("groupId"))
        .isEqualTo(made.get("group").get("groupId"));
    assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
  }
}
