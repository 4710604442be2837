package io.hongbao.redpacket.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The laws of large packets, by many draws from a fixed seed; bounds at about one in a thousand.
final class SplitTest {

  private static final Draw DRAW = new DoubleAverage(40_000);

  @Test
  void everyPlaceHasTheSameLaw() {
    // 6 fen in 3 shares: every choice and every order, exactly.
    Map<Long, Fraction> first = place(0);

    assertThat(place(1)).isEqualTo(first);
    assertThat(place(2)).isEqualTo(first);
    assertThat(DoubleAverageTest.mean(first)).isEqualTo(Fraction.of(2, 1));
  }

  @Test
  void theLargestShareLiesAnywhereAlike() {
    int packets = 20_000;
    int count = 20;
    int[] largestAt = new int[count];
    RandomGenerator random = seeded(11);
    for (int i = 0; i < packets; i++) {
      long[] shares = Split.of(100_000, count, DRAW, random);
      int at = 0;
      for (int j = 1; j < count; j++) {
        at = shares[j] > shares[at] ? j : at;
      }
      largestAt[at]++;
    }
    // Chi-squared with 19 degrees of freedom: 43.8 at one in a thousand.
    double expected = (double) packets / count;
    double chi = Arrays.stream(largestAt).mapToDouble(n -> (n - expected) * (n - expected)).sum();
    assertThat(chi / expected).isLessThan(43.8);
  }

  @Test
  void theFirstDrawIsUniform() {
    int draws = 100_000;
    var counts = new TreeMap<Long, Integer>();
    RandomGenerator random = seeded(3);
    for (int i = 0; i < draws; i++) {
      counts.merge(DRAW.next(1_000, 5, random), 1, Integer::sum);
    }
    assertThat(counts.firstKey()).isEqualTo(1);
    assertThat(counts.lastKey()).isEqualTo(399);
    double expected = draws / 399.0;
    double chi =
        counts.values().stream().mapToDouble(n -> (n - expected) * (n - expected)).sum() / expected;
    assertThat(chi).isLessThan(490.9);
  }

  @Test
  void meansAndVariancesByPositionAreAsWorkedOut() {
    int packets = 200_000;
    double[] variances = {13266.67, 14372.26, 16378.66, 21060.17, 21060.17};
    double[] sums = new double[5];
    double[] squares = new double[5];
    RandomGenerator random = seeded(5);
    for (int i = 0; i < packets; i++) {
      long remaining = 1_000;
      for (int position = 0; position < 5; position++) {
        long share = DRAW.next(remaining, 5 - position, random);
        remaining -= share;
        sums[position] += share;
        squares[position] += (share - 200.0) * (share - 200.0);
      }
    }
    for (int position = 0; position < 5; position++) {
      double deviation = Math.sqrt(variances[position] / packets);
      assertThat(sums[position] / packets).isCloseTo(200, within(4 * deviation));
      assertThat(squares[position] / packets)
          .isCloseTo(variances[position], within(0.02 * variances[position]));
    }
  }

  @Test
  void whatEverIsCutAddsUp() {
    RandomGenerator random = seeded(17);
    for (Draw draw : new Draw[] {DRAW, new UniformRest(40_000)}) {
      for (int i = 0; i < 5_000; i++) {
        int count = 1 + random.nextInt(500);
        long total = count + random.nextLong(40_000L * count - count + 1);
        long[] shares = Split.of(total, count, draw, random);
        assertThat(shares).hasSize(count);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
        assertThat(Arrays.stream(shares).min().orElseThrow()).isGreaterThanOrEqualTo(1);
        assertThat(Arrays.stream(shares).max().orElseThrow()).isLessThanOrEqualTo(40_000);
      }
    }
  }

  private static Map<Long, Fraction> place(int index) {
    return EveryChoice.law(random -> Split.of(6, 3, DRAW, random)[index]);
  }

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
