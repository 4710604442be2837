package io.hongbao.message.group;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Rules.JoinPolicy;
import org.jspecify.annotations.Nullable;

/// A row of `chat_group` as it is read.
///
/// @param previousOwnerId who made the owner the owner, 0 where nobody did
/// @param waiting undecided join requests
/// @param pins entries held up
public record GroupRow(
    long groupId,
    String name,
    String announcement,
    long ownerId,
    int memberCount,
    int maxMembers,
    JoinPolicy joinPolicy,
    Allowed invitePolicy,
    Allowed postPolicy,
    HistoryPolicy historyPolicy,
    long version,
    long lastSeq,
    long counted,
    long lastCountedSeq,
    long lastMessageSeq,
    long lastActivityAt,
    long createdAt,
    @Nullable Long dissolvedAt,
    int slowModeMs,
    String joinQuestion,
    long previousOwnerId,
    int waiting,
    int pins) {

  Rules rules() {
    return new Rules(joinPolicy, invitePolicy, postPolicy, historyPolicy, slowModeMs, joinQuestion);
  }

  Group group() {
    return new Group(
        groupId, name, ownerId, memberCount, maxMembers, announcement, rules(), lastSeq, createdAt);
  }
}
