package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SessionIdsTest {

  /// What a gateway may have at once, and more.
  private static final long SESSIONS = 1L << 32;

  @Test
  void growAndArePositive() {
    var ids = new SessionIds();
    long[] made = LongStream.generate(ids::next).limit(1_000).toArray();
    assertThat(made).doesNotHaveDuplicates().isSorted();
    assertThat(made[0]).isPositive();
  }

  @Test
  void ofAThousandGatewaysDoNotMeet() {
    var first = new TreeMap<Long, SessionIds>();
    var random = new Random(1); // with others, one run in a thousand has two that do
    for (int i = 0; i < 1_000; i++) {
      var ids = new SessionIds(random);
      first.put(ids.next(), ids);
    }
    assertThat(first).hasSize(1_000);
    for (long start : first.keySet()) {
      Long next = first.higherKey(start);
      assertThat(next == null || next - start > SESSIONS).isTrue();
    }
  }
}
