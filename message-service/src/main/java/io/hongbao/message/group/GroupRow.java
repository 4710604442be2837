package io.hongbao.message.group;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Rules.JoinPolicy;
import java.util.StringJoiner;
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
    @Nullable Long avatarMediaId,
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

  public Group group() {
    return new Group(
        groupId,
        name,
        ownerId,
        memberCount,
        maxMembers,
        announcement,
        avatarMediaId,
        rules(),
        lastSeq,
        createdAt);
  }

  /// What changes with every batch, as [GroupMapper#moveHeads] takes it.
  public String head() {
    return new StringJoiner(",", "[", "]")
        .add(Long.toString(groupId))
        .add(Long.toString(version))
        .add(Long.toString(lastSeq))
        .add(Long.toString(counted))
        .add(Long.toString(lastCountedSeq))
        .add(Long.toString(lastMessageSeq))
        .add(Long.toString(lastActivityAt))
        .add(Integer.toString(memberCount))
        .toString();
  }
}
