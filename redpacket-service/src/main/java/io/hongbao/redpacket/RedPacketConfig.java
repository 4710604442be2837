package io.hongbao.redpacket;

import io.hongbao.common.config.Settings;
import io.hongbao.redpacket.packet.ShareRule;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import java.time.Duration;
import java.util.Locale;

/// What the red-packet service is told at its start.
///
/// @param expiry after which what nobody opened goes back
/// @param rule how lucky shares are drawn
/// @param transactionsMax how many transactions run at once
/// @param reconcileEvery the pause between two reconciliations of what is recent
public record RedPacketConfig(
    Duration expiry, ShareRule rule, int transactionsMax, Duration reconcileEvery) {

  public static RedPacketConfig of(Settings settings) {
    var rule =
        new ShareRule(
            SplitTime.valueOf(name(settings.get(Settings.REDPACKET_SPLIT))),
            Strategy.valueOf(name(settings.get(Settings.REDPACKET_STRATEGY))),
            settings.get(Settings.REDPACKET_SHARE_FEN_MAX));
    return new RedPacketConfig(
        settings.get(Settings.REDPACKET_EXPIRY),
        rule,
        Math.max(1, settings.get(Settings.REDPACKET_CONNECTIONS) - 1),
        settings.get(Settings.REDPACKET_RECONCILE_EVERY));
  }

  private static String name(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
