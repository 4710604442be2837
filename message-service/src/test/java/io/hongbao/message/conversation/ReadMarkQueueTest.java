package io.hongbao.message.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReadMarkQueueTest {

  private final ReadMarkQueue queue = new ReadMarkQueue(3);

  @Test
  void aLaterMarkOfTheSameMemberJoinsTheEarlierOne() {
    var first = queue.add(mark(1, 5), 7);
    assertThat(queue.add(mark(1, 9), 7)).isSameAs(first);
    assertThat(queue.add(mark(1, 4), 7)).isSameAs(first);
    var batch = queue.take();
    assertThat(batch).hasSize(1);
    assertThat(batch.getFirst().mark()).isEqualTo(mark(1, 9));
    assertThat(batch.getFirst().onlySessionId()).isEqualTo(7);
    assertThat(queue.add(mark(1, 10), 7)).isNotSameAs(first);
  }

  @Test
  void severalSessionsAreNotOne() {
    var _ = queue.add(mark(1, 5), 7);
    var _ = queue.add(mark(1, 6), 8);
    var _ = queue.add(mark(1, 7), 7);
    assertThat(queue.take().getFirst().onlySessionId()).isZero();
  }

  @Test
  void givesAtMostABatchOldestFirst() {
    for (long user = 1; user <= 5; user++) {
      var _ = queue.add(mark(user, 1), 0);
    }
    assertThat(queue.take())
        .extracting(taken -> taken.mark().key().userId())
        .containsExactly(1L, 2L, 3L);
    assertThat(queue.take())
        .extracting(taken -> taken.mark().key().userId())
        .containsExactly(4L, 5L);
  }

  @Test
  void refusesMoreThanItHolds() {
    for (long user = 0; user < ReadMarkQueue.WAITING_MAX; user++) {
      assertThat(queue.add(mark(user, 1), 0)).isNotNull();
    }
    assertThat(queue.add(mark(-1, 1), 0)).isNull();
    assertThat(queue.add(mark(0, 2), 0)).isNotNull();
  }

  @Test
  void givesWhatIsLeftAfterItsClose() throws InterruptedException {
    var _ = queue.add(mark(1, 1), 0);
    queue.close();
    assertThat(queue.add(mark(2, 1), 0)).isNull();
    queue.rest(Duration.ofHours(1));
    assertThat(queue.take()).hasSize(1);
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void restsNoLongerThanAWholeBatchWaits() throws InterruptedException {
    for (long user = 1; user <= 3; user++) {
      var _ = queue.add(mark(user, 1), 0);
    }
    queue.rest(Duration.ofHours(1));
    assertThat(queue.take()).hasSize(3);
  }

  private static ReadMark mark(long userId, long seq) {
    return new ReadMark(new MemberKey(1, userId), seq);
  }
}
