package io.hongbao.message.group;

import io.hongbao.common.contract.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change answers: the `data` of the reply.
public sealed interface Answer {

  default Reply reply() {
    return Reply.of(this);
  }

  record TheGroup(Group group) implements Answer {}

  /// @param created whether it was the caller who made the group
  record Met(Group group, boolean created) implements Answer {}

  record Invited(List<Long> joinedIds, List<Long> pendingIds) implements Answer {}

  record TheCode(String code, long expiresAt) implements Answer {}

  record Joined(String status, Group group) implements Answer {
    static Joined to(Group group) {
      return new Joined("joined", group);
    }

    static Joined pending(Group group) {
      return new Joined("pending", group);
    }
  }

  record Removed(List<Long> removedIds) implements Answer {}

  /// @param duplicate true where the client's key was known already, absent otherwise
  record Sent(long messageId, long seq, long sentAt, @Nullable Boolean duplicate)
      implements Answer {}

  /// @param seq of the recall entry
  record Recalled(long seq) implements Answer {}

  /// @param seq of the entry by which the text was replaced last; absent, as is the time, where it
  ///   never was
  record Edited(@Nullable Long seq, @Nullable Long editedAt) implements Answer {}

  /// The empty object.
  record Nothing() implements Answer {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    @Override
    public Reply reply() {
      return new Reply.Success(EMPTY_OBJECT);
    }
  }
}
