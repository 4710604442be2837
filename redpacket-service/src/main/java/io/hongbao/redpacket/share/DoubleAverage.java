package io.hongbao.redpacket.share;

import java.util.random.RandomGenerator;

/// The double average, in whole fen: one fen is kept back for every share to come, and of what is
/// extra this share takes 0 to twice the average, all equally likely.
///
/// Twice the average, 2E/k, is seldom whole. It is rounded up or down at random, so that on average
/// it is exact: floor((2E + t) / k) over t = 0 … k-1 has the mean 2E/k (Hermite's identity). So
/// each share has the mean E/k + 1 = R/k, what is left has the same average as before, and every
/// position has the mean total/count exactly. Rounding down always would favour the last ones.
///
/// The bound M ≤ ⌈2E/k⌉ ≤ E for k ≥ 2, so at least k-1 fen are left. Near the cap the same is drawn
/// from the other end: with D = cap × k - R, what is missing to all shares at the cap, the share is
/// the cap less 0 to 2D/k.
///
/// @param capFen the most that one share can be
public record DoubleAverage(long capFen) implements Draw {

  @Override
  public long next(long remainingFen, int remainingShares, RandomGenerator random) {
    Draw.require(remainingFen, remainingShares, capFen);
    if (remainingShares == 1) {
      return remainingFen;
    }
    long extra = remainingFen - remainingShares;
    long missing = capFen * remainingShares - remainingFen;
    return extra <= missing
        ? 1 + upToDouble(extra, remainingShares, random)
        : capFen - upToDouble(missing, remainingShares, random);
  }

  private static long upToDouble(long fen, int shares, RandomGenerator random) {
    long bound = (2 * fen + random.nextLong(shares)) / shares;
    return random.nextLong(bound + 1);
  }
}
