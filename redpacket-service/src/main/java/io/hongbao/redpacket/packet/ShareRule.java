package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.share.DoubleAverage;
import io.hongbao.redpacket.share.Draw;
import io.hongbao.redpacket.share.Equal;
import io.hongbao.redpacket.share.UniformRest;

/// How and when a packet's shares are drawn. It stays with the packet: a changed configuration
/// counts for new ones.
///
/// @param shareFenMax the most that one share can be
public record ShareRule(SplitTime split, Strategy strategy, long shareFenMax) {

  /// When shares are drawn.
  public enum SplitTime {
    /// All at once, when the packet is sent, and shuffled.
    PRESET,
    /// Each when it is opened, from what is then left.
    REALTIME
  }

  public enum Strategy {
    DOUBLE_AVERAGE,
    RANDOM,
    EQUAL
  }

  /// The rule of equal shares.
  ShareRule equal() {
    return new ShareRule(split, Strategy.EQUAL, shareFenMax);
  }

  Draw draw() {
    return switch (strategy) {
      case DOUBLE_AVERAGE -> new DoubleAverage(shareFenMax);
      case RANDOM -> new UniformRest(shareFenMax);
      case EQUAL -> new Equal();
    };
  }
}
