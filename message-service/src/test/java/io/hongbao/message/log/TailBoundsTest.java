package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.message.RecordingPush;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TailBoundsTest {

  private static final long LATER = Tails.QUIET.toNanos() + 1;

  private final RecordingPush push = new RecordingPush();
  private final List<Integer> asked = new ArrayList<>();
  private final Tails tails = new Tails(push, this::heads);

  @Test
  void announcesTheFirstAtOnceWhereTooManyWait() {
    for (long group = 1; group <= Tails.GROUPS_MAX; group++) {
      tails.published(group, 5, 0);
    }
    assertThat(push.all(LogTail.class)).isEmpty();

    tails.published(Tails.GROUPS_MAX + 1L, 5, 0);
    assertThat(push.all(LogTail.class)).containsExactly(new LogTail(1, 5));
  }

  @Test
  void asksForABoundedNumberAtOnce() {
    int groups = Tails.ASKED_AT_ONCE_MAX * 2 + 1;
    for (long group = 1; group <= groups; group++) {
      tails.unknown(group, 0);
    }
    for (int turn = 0; turn < 3; turn++) {
      tails.announceDue(LATER);
    }
    assertThat(asked).containsExactly(Tails.ASKED_AT_ONCE_MAX, Tails.ASKED_AT_ONCE_MAX, 1);
    assertThat(push.all(LogTail.class)).hasSize(groups);
  }

  private List<LogTail> heads(Collection<Long> groupIds) {
    asked.add(groupIds.size());
    return groupIds.stream().map(groupId -> new LogTail(groupId, 9)).toList();
  }
}
