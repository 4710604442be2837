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
    long createdAt) {}
