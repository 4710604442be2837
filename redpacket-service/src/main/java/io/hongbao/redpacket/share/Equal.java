package io.hongbao.redpacket.share;

import java.util.random.RandomGenerator;

/// The same for everybody; nothing is random. The packet must divide evenly.
public record Equal() implements Draw {

  @Override
  public long next(long remainingFen, int remainingShares, RandomGenerator random) {
    Draw.require(remainingFen, remainingShares, Long.MAX_VALUE / remainingShares);
    if (remainingFen % remainingShares != 0) {
      throw new IllegalArgumentException(remainingFen + " fen in " + remainingShares + " shares");
    }
    return remainingFen / remainingShares;
  }
}
