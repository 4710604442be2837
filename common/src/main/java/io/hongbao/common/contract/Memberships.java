package io.hongbao.common.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Which groups a user's connections listen to. Implemented by the message service, called by the
/// gateway when a session opens.
public interface Memberships {

  /// All living groups the user is a member of, as committed. Fails (exceptionally) where MySQL is
  /// out of reach.
  CompletionStage<List<Membership>> groupsOf(long userId);

  /// @param lastSeq the group's last entry when this was read: a [MembershipChange] with a higher
  ///   `seq` is newer than this
  record Membership(long groupId, long lastSeq) {}
}
