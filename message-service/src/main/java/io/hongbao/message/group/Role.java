package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a member is in a group, in rising rank.
public enum Role {
  MEMBER,
  ADMIN,
  OWNER;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
