package io.hongbao.message.face;

import static io.hongbao.message.face.FaceService.code;
import static io.hongbao.message.face.FaceService.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.PrivateDatabase;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class DatabaseAwayTest {

  private final TestServices services;

  DatabaseAwayTest(TestServices services) {
    this.services = services;
  }

  @Test
  void nothingIsAcknowledgedAndAfterwardsThereIsOneGroup() {
    PrivateDatabase database = services.privateDatabase();
    try (FaceService service =
        FaceService.with(services).jdbcUrl(database.jdbcUrl()).start(new TestClock())) {
      String code = FaceService.freshCode();
      List<Long> users = service.users(2);
      long ann = users.get(0);
      long bob = users.get(1);
      service.enter(ann, code);
      database.stop();

      List.of(
              service.ask(bob, "face.enter", code(code)),
              service.ask(ann, "face.confirm", code(code)))
          .forEach(
              asked -> {
                Reply reply = asked.join();
                assertThat(FaceService.refusal(reply).code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(FaceService.refusal(reply).retryAfterMs()).isPositive();
              });
      database.restart();

      await()
          .until(
              () -> service.ask(ann, "face.confirm", code(code)).join() instanceof Reply.Success);
      assertThat(waiting(service.enter(bob, code))).containsExactly(ann, bob);
      service.confirm(bob, code);
      assertThat(service.membersOfTheOneGroup(code)).containsExactlyInAnyOrder(ann, bob);
      await().untilAsserted(() -> assertThat(service.lastEvent(code, bob).has("groupId")).isTrue());
    }
  }
}
