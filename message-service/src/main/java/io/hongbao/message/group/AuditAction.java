package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What somebody did, in a group's audit; the name in lower case is the `action` on the wire.
public enum AuditAction {
  GROUP_CREATED,
  GROUP_UPDATED,
  GROUP_DISSOLVED,
  MEMBERS_JOINED,
  MEMBER_LEFT,
  MEMBERS_REMOVED,
  /// Those who were members are removed by it, too.
  MEMBERS_BANNED,
  MEMBER_UNBANNED,
  MEMBER_MUTED,
  ROLE_CHANGED,
  OWNER_CHANGED,
  REQUEST_ACCEPTED,
  REQUEST_DECLINED,
  INVITE_CODE_MADE,
  /// A code was made in their place.
  INVITE_CODES_REVOKED,
  /// Another's.
  MESSAGE_RECALLED,
  MESSAGE_EDITED,
  MESSAGE_PINNED,
  MESSAGE_UNPINNED;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
