package io.hongbao.message.group;

import org.jspecify.annotations.Nullable;

/// What the administration of a group changes beside appending entries.
public sealed interface AdminChange extends Change {

  record SettingsChanged(
      String name, String announcement, @Nullable Long avatarMediaId, Rules rules)
      implements AdminChange {}

  record OwnerChanged(long ownerId, long previousOwnerId) implements AdminChange {}

  record Dissolved(long dissolvedAt) implements AdminChange {}

  /// Role, mute or nickname of who is a member still.
  record MemberChanged(Membership member) implements AdminChange {}

  /// The end of the member's mute is to be told.
  record MuteEnds(long userId, long untilAt) implements AdminChange {}

  record Banned(long userId) implements AdminChange {}

  record Unbanned(long userId) implements AdminChange {}

  /// Owner and admins are to be told.
  record Requested(JoinRequest request) implements AdminChange {}

  /// A request that was waiting is decided.
  record RequestDecided(JoinRequest request) implements AdminChange {}

  record Audited(AuditRecord record) implements AdminChange {}
}
