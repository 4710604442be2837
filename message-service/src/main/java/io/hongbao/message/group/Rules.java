package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a group's owner and admins have ruled: the `rules` of the protocol.
public record Rules(
    JoinPolicy joinPolicy, Allowed invitePolicy, Allowed postPolicy, HistoryPolicy historyPolicy) {

  public static final Rules DEFAULT =
      new Rules(JoinPolicy.INVITE_ONLY, Allowed.EVERYONE, Allowed.EVERYONE, HistoryPolicy.ALL);

  /// Who may join by the group's id, or by a code.
  public enum JoinPolicy {
    INVITE_ONLY,
    APPROVAL,
    OPEN;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Who may invite, or post.
  public enum Allowed {
    EVERYONE,
    ADMINS;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How far back a member may read.
  public enum HistoryPolicy {
    ALL,
    SINCE_JOIN;

    /// The first entry that a member who joined with the entry `joinSeq` may read.
    public long firstVisibleSeq(long joinSeq) {
      return switch (this) {
        case ALL -> 1;
        case SINCE_JOIN -> joinSeq;
      };
    }

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
