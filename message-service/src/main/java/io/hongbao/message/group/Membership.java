package io.hongbao.message.group;

import org.jspecify.annotations.Nullable;

/// One member of a group: a row of `group_member`.
///
/// @param joinSeq the entry by which the membership began
/// @param mutedUntil epoch milliseconds, 0 not muted
/// @param nickname in this group
public record Membership(
    long userId,
    Role role,
    long joinSeq,
    long joinedAt,
    long mutedUntil,
    @Nullable String nickname) {

  static Membership begin(long userId, Role role, long joinSeq, long joinedAt) {
    return new Membership(userId, role, joinSeq, joinedAt, 0, null);
  }

  Membership withRole(Role newRole) {
    return new Membership(userId, newRole, joinSeq, joinedAt, mutedUntil, nickname);
  }

  Membership mutedUntil(long untilAt) {
    return new Membership(userId, role, joinSeq, joinedAt, untilAt, nickname);
  }

  /// @param newNickname null takes it away
  Membership called(@Nullable String newNickname) {
    return new Membership(userId, role, joinSeq, joinedAt, mutedUntil, newNickname);
  }
}
