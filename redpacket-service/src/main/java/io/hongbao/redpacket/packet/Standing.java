package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.GroupLog.Members;
import io.hongbao.common.error.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the group's members when a batch of grabs is decided.
///
/// @param outage why nothing is, or null
record Standing(Members members, @Nullable Refusal outage) {

  /// Where nobody grabs.
  static final Standing UNASKED = new Standing(new Members(false, Set.of()), null);

  static Standing of(Members members) {
    return new Standing(members, null);
  }

  static Standing unknown(Refusal outage) {
    return new Standing(new Members(false, Set.of()), outage);
  }
}
