package io.hongbao.common.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdsTest {

  @Test
  void growWithEveryOne() {
    var ids = new Ids(7);
    assertThat(LongStream.range(0, 20_000).map(_ -> ids.next()).toArray())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void areUniqueOverThreads() {
    var ids = new Ids(7);
    var made = ConcurrentHashMap.<Long>newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        threads.submit(() -> LongStream.range(0, 2_000).forEach(_ -> made.add(ids.next())));
      }
    }
    assertThat(made).hasSize(20_000);
  }

  @Test
  void areUniqueOverNodes() {
    long start = System.currentTimeMillis();
    var one = new Ids(0, start);
    var other = new Ids(Ids.NODE_MAX, start);
    assertThat(
            LongStream.range(0, 20_000).map(i -> i % 2 == 0 ? one.next() : other.next()).toArray())
        .doesNotHaveDuplicates();
  }

  @Test
  void beginAtTheirDate() {
    long start = System.currentTimeMillis() + 3_600_000;
    long before = new Ids(7, start).next();
    var ids = new Ids(7, start + 1_000);
    assertThat(ids.dateMs()).isBetween(start + 1_000, start + 60_000);
    assertThat(ids.next()).isGreaterThan(before);
  }

  @Test
  void ofADateLieBetweenItsFirstAndTheNextOnes() {
    long date = System.currentTimeMillis();
    assertThat(new Ids(0, date).next()).isGreaterThanOrEqualTo(Ids.firstOf(date));
    assertThat(new Ids(Ids.NODE_MAX, date).next()).isLessThan(Ids.firstOf(date + 60_000));
  }

  @Test
  void refuseANodeThatDoesNotFit() {
    assertThatThrownBy(() -> new Ids(Ids.NODE_MAX + 1)).hasMessageContaining("0 to 1023");
    assertThatThrownBy(() -> new Ids(-1)).hasMessageContaining("0 to 1023");
  }
}
