package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.TestService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class TailTest {

  private final TestServices services;

  TailTest(TestServices services) {
    this.services = services;
  }

  @Test
  void theLastEntryIsAnnouncedOnceAfterTheLastRunOfABurst() {
    try (TestService service = TestService.start(services)) {
      List<Long> users = service.users(1);
      long group = service.group(users);
      for (int i = 0; i < 10; i++) {
        TestService.data(service.send(users.get(0), group, "k" + i, "text").join());
      }
      await().until(() -> !service.published().tails(group).isEmpty());
      List<Delivery> all =
          service.published().all().stream()
              .filter(
                  delivery ->
                      switch (delivery) {
                        case LogRun run -> run.groupId() == group;
                        case LogTail tail -> tail.groupId() == group;
                        case Delivery.GroupSignal _, Delivery.UserSignal _ -> false;
                      })
              .toList();
      assertThat(all.getLast()).isEqualTo(new LogTail(group, 11));
      assertThat(all.stream().filter(LogTail.class::isInstance)).hasSize(1);
    }
  }

  @Test
  void aStartAnnouncesTheGroupsThatWereActiveLast() {
    long active;
    long idle;
    try (TestService died = TestService.start(services)) {
      List<Long> users = died.users(1);
      active = died.group(users);
      idle = died.group(users);
      long since = died.clock().millis() - Lanes.ACTIVE_BEFORE_START.toMillis();
      died.update(
          "UPDATE chat_group SET last_activity_at = %d WHERE group_id = %d"
              .formatted(since, active));
      died.update(
          "UPDATE chat_group SET last_activity_at = %d WHERE group_id = %d"
              .formatted(since - 60_000, idle));
    }
    try (TestService started = TestService.start(services)) {
      await()
          .until(() -> started.published().tails(active).equals(List.of(new LogTail(active, 1))));
      assertThat(started.published().tails(idle)).isEmpty();
    }
  }
}
