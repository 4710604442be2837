package io.hongbao.message.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a group's owner and admins have ruled: the `rules` of the protocol.
///
/// @param slowModeMs least time between two messages of one member, 0 where there is none
/// @param joinQuestion what who asks to join has to answer, empty where there is none
public record Rules(
    JoinPolicy joinPolicy,
    Allowed invitePolicy,
    Allowed postPolicy,
    HistoryPolicy historyPolicy,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int slowModeMs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String joinQuestion) {

  public static final int SLOW_MODE_MAX_MS = 3_600_000;
  public static final int JOIN_QUESTION_CHARACTERS_MAX = 200;

  public static final Rules DEFAULT =
      new Rules(
          JoinPolicy.INVITE_ONLY, Allowed.EVERYONE, Allowed.EVERYONE, HistoryPolicy.ALL, 0, "");

  /// Who may join by the group's id, or by a code.
  public enum JoinPolicy {
    INVITE_ONLY,
    APPROVAL,
    OPEN;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable JoinPolicy of(String word) {
      return Words.find(values(), JoinPolicy::wireName, word);
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

    static @Nullable Allowed of(String word) {
      return Words.find(values(), Allowed::wireName, word);
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

    static @Nullable HistoryPolicy of(String word) {
      return Words.find(values(), HistoryPolicy::wireName, word);
    }
  }
}
