package io.hongbao.message.conversation;

import io.hongbao.message.group.Group;
import io.hongbao.message.group.Rules;

/// A group's settings: a row of `chat_group`.
record GroupRow(
    long groupId,
    String name,
    long ownerId,
    int memberCount,
    int maxMembers,
    String announcement,
    Rules.JoinPolicy joinPolicy,
    Rules.Allowed invitePolicy,
    Rules.Allowed postPolicy,
    Rules.HistoryPolicy historyPolicy,
    int slowModeMs,
    String joinQuestion,
    long createdAt) {

  Group group(long lastSeq) {
    return new Group(
        groupId,
        name,
        ownerId,
        memberCount,
        maxMembers,
        announcement,
        new Rules(joinPolicy, invitePolicy, postPolicy, historyPolicy, slowModeMs, joinQuestion),
        lastSeq,
        createdAt);
  }
}
