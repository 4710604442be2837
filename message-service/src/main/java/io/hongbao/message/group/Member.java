package io.hongbao.message.group;

import org.jspecify.annotations.Nullable;

/// The `Member` of the protocol.
///
/// @param nickname the user's own, `groupNickname` the one in this group
/// @param mutedUntilAt absent where it is past
public record Member(
    long userId,
    String nickname,
    @Nullable String groupNickname,
    Role role,
    long joinedAt,
    @Nullable Long mutedUntilAt) {

  static Member of(Membership membership, String nickname, long now) {
    return new Member(
        membership.userId(),
        nickname,
        membership.nickname(),
        membership.role(),
        membership.joinedAt(),
        membership.mutedUntil() > now ? membership.mutedUntil() : null);
  }
}
