package io.hongbao.push.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MissedQueueTest {

  private final MissedQueue queue = new MissedQueue(10);

  @Test
  void givesOutTheOldestFirstInBatches() throws InterruptedException {
    queue.add(users(1, 5));

    assertThat(queue.take(3)).isEqualTo(users(1, 3));
    assertThat(queue.take(3)).isEqualTo(users(4, 5));
  }

  @Test
  void makesOneOfWhatAUserMissesInAGroup() throws InterruptedException {
    queue.add(List.of(new Missed(1, 10, 5, 2, true), new Missed(1, 20, 5, 2, false)));
    queue.add(List.of(new Missed(1, 10, 8, 3, false), new Missed(1, 20, 4, 99, false)));

    assertThat(queue.take(10))
        .containsExactly(new Missed(1, 10, 8, 5, true), new Missed(1, 20, 5, 100, false));
  }

  @Test
  void dropsTheOldestWhereItIsFull() throws InterruptedException {
    assertThat(queue.add(users(1, 10))).isZero();
    assertThat(queue.add(users(10, 12))).isEqualTo(2);

    assertThat(queue.size()).isEqualTo(10);
    assertThat(queue.take(20)).extracting(Missed::userId).startsWith(3L).endsWith(12L);
  }

  @Test
  void givesOutWhatIsLeftWhenItIsClosed() throws InterruptedException {
    queue.add(users(1, 1));
    queue.close();

    assertThat(queue.take(5)).isEqualTo(users(1, 1));
    assertThat(queue.take(5)).isEmpty();
  }

  private static List<Missed> users(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(user -> new Missed(user, 10, 1, 1, false))
        .toList();
  }
}
