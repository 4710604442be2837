package io.hongbao.message.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hongbao.common.contract.Avatars;
import org.jspecify.annotations.Nullable;

/// The `User` of the protocol.
public record User(
    long userId, String username, String nickname, @JsonIgnore @Nullable Long avatarMediaId) {

  @JsonProperty
  @Nullable String avatarUrl() {
    return Avatars.urlOf(avatarMediaId);
  }
}
