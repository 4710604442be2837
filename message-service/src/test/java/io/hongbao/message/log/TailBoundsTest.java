package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.message.RecordingPush;
import org.junit.jupiter.api.Test;

final class TailBoundsTest {

  private final RecordingPush push = new RecordingPush();
  private final Tails tails = new Tails(push);

  @Test
  void announcesTheFirstAtOnceWhereTooManyWait() {
    for (long group = 1; group <= Tails.GROUPS_MAX; group++) {
      tails.published(group, 5, 0);
    }
    assertThat(push.all(LogTail.class)).isEmpty();

    tails.published(Tails.GROUPS_MAX + 1L, 5, 0);
    assertThat(push.all(LogTail.class)).containsExactly(new LogTail(1, 5));
  }
}
