package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class EnterLimitTest {

  private static final int ADDRESS_PER_MINUTE = 15;

  private final TestClock clock = new TestClock();
  private final FaceService service;

  EnterLimitTest(TestServices services) {
    this.service = FaceService.with(services).addressPerMinute(ADDRESS_PER_MINUTE).start(clock);
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void aUserEntersTenTimesAMinute() {
    List<Long> users = service.users(2);
    long ann = users.get(0);
    for (int i = 0; i < 10; i++) {
      assertThat(enter(ann, "192.0.2.1")).isInstanceOf(Reply.Success.class);
      clock.forward(Duration.ofSeconds(1));
    }
    Refusal refusal = FaceService.refusal(enter(ann, "192.0.2.2"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.retryAfterMs()).isEqualTo(50_000);
    assertThat(enter(users.get(1), "192.0.2.2")).isInstanceOf(Reply.Success.class);

    clock.forward(Duration.ofSeconds(50));
    assertThat(enter(ann, "192.0.2.2")).isInstanceOf(Reply.Success.class);
  }

  @Test
  void whoIsRefusedWaitsWhereTheyWaitedBefore() {
    long ann = service.users(1).getFirst();
    String code = FaceService.freshCode();
    for (int i = 0; i < 10; i++) {
      assertThat(ask(ann, "192.0.2.3", code)).isInstanceOf(Reply.Success.class);
    }
    FaceService.refusal(enter(ann, "192.0.2.3"));
    assertThat(service.confirm(ann, code).get("created").booleanValue()).isTrue();
  }

  @Test
  void confirmingAndLeavingDoNotCount() {
    long ann = service.users(1).getFirst();
    String code = FaceService.freshCode();
    for (int i = 0; i < 9; i++) {
      ask(ann, "192.0.2.4", code);
      service.confirm(ann, code);
      service.leave(ann, code);
    }
    assertThat(ask(ann, "192.0.2.4", code)).isInstanceOf(Reply.Success.class);
  }

  @Test
  void anAddressEntersAsOftenAsTheSettingSays() {
    List<Long> users = service.users(ADDRESS_PER_MINUTE + 1);
    for (long user : users.subList(0, ADDRESS_PER_MINUTE)) {
      assertThat(enter(user, "192.0.2.5")).isInstanceOf(Reply.Success.class);
    }
    Refusal refusal = FaceService.refusal(enter(users.getLast(), "192.0.2.5"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.retryAfterMs()).isBetween(1L, 61_000L);
    assertThat(enter(users.getLast(), "192.0.2.6")).isInstanceOf(Reply.Success.class);
  }

  private Reply enter(long userId, String address) {
    return ask(userId, address, FaceService.freshCode());
  }

  private Reply ask(long userId, String address, String code) {
    return service
        .ask(new Caller(userId, userId, "phone", address), "face.enter", code(code))
        .join();
  }
}
