package io.hongbao.redpacket.reconcile;

import java.util.List;

/// A rule that does not hold.
///
/// @param rule in words
/// @param of what the ids are: packets, accounts, transfers, or the ledger as a whole (0)
public record Finding(String rule, Subject of, List<Long> ids) {

  public enum Subject {
    LEDGER,
    ACCOUNT,
    TRANSFER,
    PACKET,
    /// Packets that are late with something; no money is wrong.
    LATE_PACKET
  }
}
