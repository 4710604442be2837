package io.hongbao.message.group;

import java.util.List;

/// What follows, outside the log, from people joining and losing a group: their `conversation`
/// events. Called after the commit, in any order; returns at once and never throws.
public interface MembershipEvents {

  void joined(long groupId, List<Long> userIds);

  void removed(long groupId, List<Long> userIds);
}
