package io.hongbao.redpacket.share;

import java.util.random.RandomGenerator;

/// Cuts a whole packet at once, before anybody grabs.
public final class Split {

  private Split() {}

  /// The shares in the order in which places are taken.
  ///
  /// They are drawn one behind the other and then shuffled, since late draws vary about twice as
  /// much as early ones: after the shuffle no place is better than another in any way.
  ///
  /// @param totalFen `count` to cap × `count`
  public static long[] of(long totalFen, int count, Draw draw, RandomGenerator random) {
    long[] shares = new long[count];
    long remaining = totalFen;
    for (int i = 0; i < count; i++) {
      shares[i] = draw.next(remaining, count - i, random);
      remaining -= shares[i];
    }
    if (!(draw instanceof Equal)) {
      shuffle(shares, random);
    }
    return shares;
  }

  /// Fisher and Yates: every order equally likely.
  private static void shuffle(long[] shares, RandomGenerator random) {
    for (int i = shares.length - 1; i > 0; i--) {
      int j = (int) random.nextLong(i + 1L);
      long share = shares[i];
      shares[i] = shares[j];
      shares[j] = share;
    }
  }
}
