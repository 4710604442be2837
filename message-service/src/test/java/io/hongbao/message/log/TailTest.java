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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
                        case Delivery.GroupSignal _,
                            Delivery.UserSignal _,
                            Delivery.PacketCrowd _,
                            Delivery.SessionOpened _ ->
                            false;
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

  @Test
  void aStartAnnouncesABoundedNumberOfGroupsTheMostRecentOnes() {
    long active;
    try (TestService died = TestService.start(services)) {
      active = died.group(died.users(1));
      died.update(
          """
          INSERT INTO chat_group (group_id, name, announcement, owner_id, member_count, max_members,
            join_policy, invite_policy, post_policy, history_policy, version, last_seq, counted,
            last_counted_seq, last_message_seq, last_activity_at, created_at)
          SELECT n.id, '', '', 0, 0, 1, join_policy, invite_policy, post_policy, history_policy, 1, 1,
            0, 0, 0, last_activity_at - IF(n.id = %d, 180000, 60000), created_at
          FROM chat_group JOIN JSON_TABLE('[%s]', '$[*]' COLUMNS (id BIGINT PATH '$')) AS n
          WHERE group_id = %d
          """
              .formatted(
                  Lanes.ANNOUNCED_AT_START_MAX,
                  LongStream.rangeClosed(1, Lanes.ANNOUNCED_AT_START_MAX)
                      .mapToObj(Long::toString)
                      .collect(Collectors.joining(",")),
                  active));
    }
    try (TestService started = TestService.start(services)) {
      await().until(() -> tailsOf(started).size(), count -> count >= Lanes.ANNOUNCED_AT_START_MAX);
      List<LogTail> tails = tailsOf(started);
      assertThat(tails.getFirst()).isEqualTo(new LogTail(active, 1));
      assertThat(tails)
          .hasSize(Lanes.ANNOUNCED_AT_START_MAX)
          .contains(new LogTail(Lanes.ANNOUNCED_AT_START_MAX - 1L, 1))
          .doesNotContain(new LogTail(Lanes.ANNOUNCED_AT_START_MAX, 1));
      started.update("DELETE FROM chat_group WHERE group_id <= " + Lanes.ANNOUNCED_AT_START_MAX);
    }
  }

  private static List<LogTail> tailsOf(TestService service) {
    return service.published().all().stream()
        .filter(LogTail.class::isInstance)
        .map(LogTail.class::cast)
        .toList();
  }
}
