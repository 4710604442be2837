package io.hongbao.redpacket.share;

import java.util.random.RandomGenerator;

/// A share anywhere between 1 fen and all that can be spared: the mean halves from share to share,
/// so the first ones get nearly everything.
///
/// @param capFen the most that one share can be
public record UniformRest(long capFen) implements Draw {

  @Override
  public long next(long remainingFen, int remainingShares, RandomGenerator random) {
    Draw.require(remainingFen, remainingShares, capFen);
    if (remainingShares == 1) {
      return remainingFen;
    }
    int others = remainingShares - 1;
    long least = Math.max(1, remainingFen - capFen * others);
    long most = Math.min(capFen, remainingFen - others);
    return least + random.nextLong(most - least + 1);
  }
}
