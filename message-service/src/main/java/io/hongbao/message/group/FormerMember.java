package io.hongbao.message.group;

/// Who was in a group once: what a row of `former_member` says beside the when. Says nothing about
/// who is in now.
///
/// @param removedBy 0 where the member left
/// @param mutedUntil a mute outlasts leaving and coming back; epoch milliseconds
public record FormerMember(long userId, long removedBy, long mutedUntil) {

  static FormerMember left(Membership member) {
    return new FormerMember(member.userId(), 0, member.mutedUntil());
  }

  static FormerMember removed(Membership member, long byId) {
    return new FormerMember(member.userId(), byId, member.mutedUntil());
  }
}
