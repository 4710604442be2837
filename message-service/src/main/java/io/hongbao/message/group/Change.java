package io.hongbao.message.group;

import io.hongbao.message.log.Mentions;
import java.util.List;

/// What a command changes beside appending entries.
public sealed interface Change
    permits Change.Created,
        Change.Joined,
        Change.Left,
        Change.Mentioned,
        Change.MediaSent,
        Change.Recalled,
        Change.CodeMade,
        Change.Met,
        Change.CodesRevoked,
        AdminChange,
        EntryChange {

  record Created(long groupId, String name, long ownerId, int maxMembers, long createdAt)
      implements Change {}

  /// A membership that began by the entry `member.joinSeq`.
  record Joined(Membership member) implements Change {}

  /// A membership that ended by the entry `seq`.
  record Left(FormerMember member, long seq) implements Change {

    public long userId() {
      return member.userId();
    }
  }

  record Mentioned(long seq, List<Long> userIds) implements Change {}

  record MediaSent(long seq, List<Long> mediaIds) implements Change {}

  /// The entry `seq` was taken back by the entry `recallSeq`.
  ///
  /// @param edited whether its text was ever replaced
  record Recalled(
      long seq, long recallSeq, long userId, long recalledAt, Mentions mentions, boolean edited)
      implements Change {}

  record CodeMade(InviteCode code) implements Change {}

  /// The group was made face to face.
  record Met(RandomCode code) implements Change {}

  /// All codes of the group made before end.
  record CodesRevoked(long revokedAt) implements Change {}
}
