package io.hongbao.message.group;

import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.MessageKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a group's lane decides: a request that changes something, with all that the rules need and
/// cannot make themselves. The request records have the order of refusals.
public sealed interface GroupCommand {

  Origin origin();

  /// Makes the group itself.
  ///
  /// @param membersMessageId the id of the entry `members_joined`, if one is written
  record Create(
      Origin origin, String name, List<Long> memberIds, int maxMembers, long membersMessageId)
      implements GroupCommand {}

  /// Joins a group that people make face to face, or makes it where it is not there yet.
  ///
  /// @param name of the group, where it is made
  /// @param code four digits
  /// @param place geohash of about a kilometre, null where nobody said where they are
  record Meet(Origin origin, String name, int maxMembers, String code, @Nullable String place)
      implements GroupCommand {}

  /// Whatever else, of a group that is there.
  sealed interface OnGroup extends GroupCommand
      permits Invite,
          MakeCode,
          JoinById,
          JoinByCode,
          Leave,
          Send,
          Recall,
          AdminCommand,
          EntryCommand {}

  /// @param requestIds by user, the id that their join request will have if one is made
  record Invite(Origin origin, List<Long> userIds, Map<Long, Long> requestIds) implements OnGroup {

    long requestIdOf(long userId) {
      Long requestId = requestIds.get(userId);
      if (requestId == null) {
        throw new IllegalStateException("no request id userId=" + userId);
      }
      return requestId;
    }
  }

  /// @param candidate the code to be, where one is made
  record MakeCode(Origin origin, @Nullable Long validMs, boolean revoke, String candidate)
      implements OnGroup {}

  /// @param message what the user tells owner and admins; `origin.messageId` becomes the request's
  ///   id, if one is made
  record JoinById(Origin origin, @Nullable String message) implements OnGroup {}

  /// @param message as in [JoinById]
  record JoinByCode(Origin origin, String code, @Nullable String message) implements OnGroup {}

  record Leave(Origin origin) implements OnGroup {}

  /// @param content JSON as it is stored and sent out
  /// @param digest of type, content, mentions and `replyToSeq`
  /// @param mediaIds what the members may fetch from then on
  record Send(
      Origin origin,
      String clientMessageId,
      long digest,
      EntryType type,
      String content,
      @Nullable Long replyToSeq,
      Mentions mentions,
      List<Long> mediaIds)
      implements OnGroup {

    /// Without media.
    public Send(
        Origin origin,
        String clientMessageId,
        long digest,
        EntryType type,
        String content,
        @Nullable Long replyToSeq,
        Mentions mentions) {
      this(origin, clientMessageId, digest, type, content, replyToSeq, mentions, List.of());
    }

    /// Whether the server says it about what the actor did, be they a member by now or not.
    boolean isByServer() {
      return type == EntryType.SYSTEM;
    }

    public MessageKey key() {
      return new MessageKey(origin.groupId(), origin.actorId(), clientMessageId);
    }
  }

  record Recall(Origin origin, long seq) implements OnGroup {}
}
