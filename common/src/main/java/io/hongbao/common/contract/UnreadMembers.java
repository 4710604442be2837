package io.hongbao.common.contract;

import io.hongbao.common.error.Outcome;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Who should hear of entries of a group, connected or not. Implemented by the message service,
/// asked by the push service for those who are not.
public interface UnreadMembers {

  /// The members to whom some of the entries `firstSeq` to `lastSeq` are unread now; who does not
  /// want to be disturbed only where one of them mentions them. Nobody where the group is dissolved
  /// or never was. The stage never fails: an outage is the refusal `unavailable`.
  CompletionStage<Outcome<List<Unread>>> of(long groupId, long firstSeq, long lastSeq);

  /// @param count how many of the entries are unread, 0 to 100, and 100 means more than 99
  /// @param mentioned whether one of these mentions the user, by id or by `all`
  record Unread(long userId, int count, boolean mentioned) {}
}
