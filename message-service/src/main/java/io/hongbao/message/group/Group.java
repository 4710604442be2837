package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hongbao.common.contract.Avatars;
import org.jspecify.annotations.Nullable;

/// The `Group` of the protocol.
public record Group(
    long groupId,
    String name,
    long ownerId,
    int memberCount,
    int maxMembers,
    String announcement,
    @JsonIgnore @Nullable Long avatarMediaId,
    Rules rules,
    long lastSeq,
    long createdAt) {

  @JsonProperty
  @Nullable String avatarUrl() {
    return Avatars.urlOf(avatarMediaId);
  }

  Group with(AdminChange.SettingsChanged settings) {
    return new Group(
        groupId,
        settings.name(),
        ownerId,
        memberCount,
        maxMembers,
        settings.announcement(),
        settings.avatarMediaId(),
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
        avatarMediaId,
        rules,
        lastSeq,
        createdAt);
  }
}
