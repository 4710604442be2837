package io.hongbao.redpacket.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// Randomness that goes through every choice in turn: what comes of it is the exact law of whatever
/// draws from it.
final class EveryChoice implements RandomGenerator {

  private final List<Long> chosen = new ArrayList<>();
  private final List<Long> bounds = new ArrayList<>();
  private int at;

  /// The probability of each result.
  static Map<Long, Fraction> law(ToLongFunction<RandomGenerator> draw) {
    var law = new TreeMap<Long, Fraction>();
    var random = new EveryChoice();
    do {
      random.at = 0;
      long result = draw.applyAsLong(random);
      law.merge(result, random.probability(), Fraction::plus);
    } while (random.next());
    return law;
  }

  @Override
  public long nextLong(long bound) {
    if (at == chosen.size()) {
      chosen.add(0L);
      bounds.add(bound);
    }
    return chosen.get(at++);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("only bounded draws have a finite law");
  }

  private Fraction probability() {
    Fraction probability = Fraction.ONE;
    for (long bound : bounds) {
      probability = probability.times(Fraction.of(1, bound));
    }
    return probability;
  }

  private boolean next() {
    while (!chosen.isEmpty()) {
      long following = chosen.removeLast() + 1;
      long bound = bounds.removeLast();
      if (following < bound) {
        chosen.add(following);
        bounds.add(bound);
        return true;
      }
    }
    return false;
  }
}
