package io.hongbao.message.face;

import java.util.Comparator;
import java.util.Locale;

/// A request's place among those of its user: the later has the larger, and no two have the same.
/// As text it has as many digits as any, so that scripts compare it without loss (their numbers
/// hold 53 bits).
///
/// @param order larger than that of any request which this one knew of when it began
/// @param id of the request alone: which of those is the later that knew nothing of each other
record Generation(long order, long id) implements Comparable<Generation> {

  /// Before every request.
  static final Generation NONE = new Generation(0, 0);

  private static final int DIGITS = 19;

  private static final Comparator<Generation> COMPARATOR =
      Comparator.comparingLong(Generation::order).thenComparingLong(Generation::id);

  static Generation parse(String text) {
    return new Generation(
        Long.parseLong(text.substring(0, DIGITS)), Long.parseLong(text.substring(DIGITS)));
  }

  String text() {
    return String.format(Locale.ROOT, "%019d%019d", order, id);
  }

  @Override
  public int compareTo(Generation other) {
    return COMPARATOR.compare(this, other);
  }
}
