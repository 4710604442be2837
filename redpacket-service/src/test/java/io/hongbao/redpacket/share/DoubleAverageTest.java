package io.hongbao.redpacket.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The exact laws, by going through every random choice: no tolerance, no seed.
final class DoubleAverageTest {

  private static final long NO_CAP = 1_000_000;

  /// The law of each draw: most come up many times.
  private static final Map<Place, Map<Long, Fraction>> LAWS = new HashMap<>();

  private record Place(Draw draw, long rest, int shares) {}

  @Test
  void everyPositionHasTheMeanOfThePacketExactly() {
    for (int total = 1; total <= 40; total++) {
      for (int count = 1; count <= Math.min(total, 8); count++) {
        for (Map<Long, Fraction> position : laws(new DoubleAverage(NO_CAP), total, count)) {
          assertThat(position.keySet()).allMatch(share -> share >= 1);
          assertThat(mean(position)).isEqualTo(Fraction.of(total, count));
        }
      }
    }
  }

  @Test
  void everyPositionKeepsTheMeanUnderACap() {
    var draw = new DoubleAverage(6);
    for (int count = 1; count <= 6; count++) {
      for (int total = count; total <= 6 * count; total++) {
        for (Map<Long, Fraction> position : laws(draw, total, count)) {
          assertThat(position.keySet()).allMatch(share -> share >= 1 && share <= 6);
          assertThat(mean(position)).isEqualTo(Fraction.of(total, count));
        }
      }
    }
  }

  @Test
  void tenFenInThreeSharesHaveTheLawWorkedOutByHand() {
    List<Map<Long, Fraction>> laws = laws(new DoubleAverage(NO_CAP), 10, 3);

    // E = 7, k = 3: 14/3 is 4 with 1/3 and 5 with 2/3, so 1 … 5 with 1/15 + 1/9, and 6 with 1/9.
    var first = new TreeMap<Long, Fraction>();
    for (long share = 1; share <= 5; share++) {
      first.put(share, Fraction.of(8, 45));
    }
    first.put(6L, Fraction.of(1, 9));
    assertThat(laws.get(0)).isEqualTo(first);

    var later = new TreeMap<Long, Fraction>();
    for (long share = 1; share <= 3; share++) {
      later.put(share, Fraction.of(34, 175));
    }
    later.put(4L, Fraction.of(743, 4725));
    later.put(5L, Fraction.of(533, 4725));
    later.put(6L, Fraction.of(73, 945));
    later.put(7L, Fraction.of(1, 21));
    later.put(8L, Fraction.of(1, 45));
    assertThat(laws.get(1)).isEqualTo(later);
    assertThat(laws.get(2)).isEqualTo(later);
  }

  @ParameterizedTest
  @CsvSource({"12, 3, 4", "11, 3, 4", "3, 3, 4", "4, 3, 4", "7, 1, 7", "1, 1, 1"})
  void theEdgesAddUpAndStayWithinTheCap(long total, int count, long cap) {
    for (Map<Long, Fraction> position : laws(new DoubleAverage(cap), total, count)) {
      assertThat(position.keySet()).allMatch(share -> share >= 1 && share <= cap);
      assertThat(mean(position)).isEqualTo(Fraction.of(total, count));
    }
  }

  @Test
  void sharesAtTheCapAreAllTheCapAndSharesOfAFenAllAFen() {
    assertThat(laws(new DoubleAverage(4), 12, 3)).allMatch(law -> law.keySet().equals(set(4)));
    assertThat(laws(new DoubleAverage(4), 3, 3)).allMatch(law -> law.keySet().equals(set(1)));
  }

  @Test
  void theFirstShareReachesTwiceTheAverageLessAFen() {
    Map<Long, Fraction> first =
        EveryChoice.law(random -> new DoubleAverage(NO_CAP).next(1_000, 5, random));

    assertThat(first).hasSize(399).containsEntry(399L, Fraction.of(1, 399));
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "0, 1", "-1, 1", "10, 0", "13, 3"})
  void refusesWhatCannotBeCut(long total, int count) {
    var draw = new DoubleAverage(4);

    assertThatThrownBy(() -> draw.next(total, count, new EveryChoice()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The exact law of each position.
  static List<Map<Long, Fraction>> laws(Draw draw, long total, int count) {
    var positions = new ArrayList<Map<Long, Fraction>>();
    Map<Long, Fraction> remaining = Map.of(total, Fraction.ONE);
    for (int left = count; left >= 1; left--) {
      int shares = left;
      var position = new TreeMap<Long, Fraction>();
      var next = new TreeMap<Long, Fraction>();
      remaining.forEach(
          (rest, weight) ->
              LAWS.computeIfAbsent(
                      new Place(draw, rest, shares),
                      _ -> EveryChoice.law(random -> draw.next(rest, shares, random)))
                  .forEach(
                      (share, probability) -> {
                        Fraction both = weight.times(probability);
                        position.merge(share, both, Fraction::plus);
                        next.merge(rest - share, both, Fraction::plus);
                      }));
      positions.add(position);
      remaining = next;
    }
    assertThat(remaining.keySet()).containsExactly(0L);
    return positions;
  }

  static Fraction mean(Map<Long, Fraction> law) {
    Fraction mean = Fraction.ZERO;
    for (var entry : law.entrySet()) {
      mean = mean.plus(entry.getValue().times(Fraction.of(entry.getKey(), 1)));
    }
    return mean;
  }

  private static Set<Long> set(long share) {
    return Set.of(share);
  }
}
