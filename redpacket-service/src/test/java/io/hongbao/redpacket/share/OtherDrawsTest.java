package io.hongbao.redpacket.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class OtherDrawsTest {

  @Test
  void uniformOnTheRestHalvesWhatIsExtra() {
    List<Map<Long, Fraction>> laws = DoubleAverageTest.laws(new UniformRest(1_000), 20, 4);

    // 16 fen are extra: 8, 4, 2 and 2 of them on average.
    assertThat(laws)
        .extracting(DoubleAverageTest::mean)
        .containsExactly(
            Fraction.of(9, 1), Fraction.of(5, 1), Fraction.of(3, 1), Fraction.of(3, 1));
    assertThat(laws.getFirst()).hasSize(17);
  }

  @Test
  void uniformOnTheRestKeepsTheCap() {
    for (int total = 4; total <= 24; total++) {
      assertThat(DoubleAverageTest.laws(new UniformRest(6), total, 4))
          .allMatch(law -> law.keySet().stream().allMatch(share -> share >= 1 && share <= 6));
    }
  }

  @Test
  void equalSharesAreEqualWithoutAnythingRandom() {
    assertThat(Split.of(3_500, 7, new Equal(), refusing()))
        .containsExactly(500, 500, 500, 500, 500, 500, 500);
  }

  @Test
  void equalSharesRefuseARest() {
    assertThatThrownBy(() -> new Equal().next(10, 3, refusing()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RandomGenerator refusing() {
    return () -> {
      throw new AssertionError("nothing is random here");
    };
  }
}
