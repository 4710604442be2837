package io.hongbao.message.group;

/// The `Group` of the protocol.
public record Group(
    long groupId,
    String name,
    long ownerId,
    int memberCount,
    int maxMembers,
    String announcement,
    Rules rules,
    long lastSeq,
    long createdAt) {

  Group with(AdminChange.SettingsChanged settings) {
    return new Group(
        groupId,
        settings.name(),
        ownerId,
        memberCount,
        maxMembers,
        settings.announcement(),
        settings.rules(),
        lastSeq,
        createdAt);
  }

  Group ownedBy(long newOwnerId) {
    return new Group(
        groupId,
        name,
        newOwnerId,
        memberCount,
        maxMembers,
        announcement,
        rules,
        lastSeq,
        createdAt);
  }
}
