package io.hongbao.redpacket.share;

import java.util.random.RandomGenerator;

/// How large the next share of a packet is.
///
/// Whatever is drawn, every share is at least 1 fen and at most the cap, enough is left for those
/// behind it, and the last one takes exactly the rest: so the shares add up to the packet.
public sealed interface Draw permits DoubleAverage, UniformRest, Equal {

  /// The next share, in fen.
  ///
  /// @param remainingFen what is left of the packet: `remainingShares` to cap × `remainingShares`
  /// @param remainingShares how many are still to be drawn, this one included; at least 1
  /// @param random of cryptographic quality: who can foretell a share can choose when to open
  long next(long remainingFen, int remainingShares, RandomGenerator random);

  /// Refuses what no draw can begin or go on with: a caller's bug.
  static void require(long remainingFen, int remainingShares, long capFen) {
    if (remainingShares < 1
        || remainingFen < remainingShares
        || remainingFen > capFen * remainingShares) {
      throw new IllegalArgumentException(
          "%d fen in %d shares of at most %d".formatted(remainingFen, remainingShares, capFen));
    }
  }
}
