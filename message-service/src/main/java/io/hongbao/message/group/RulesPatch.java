package io.hongbao.message.group;

import io.hongbao.common.wire.Fields;
import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Rules.JoinPolicy;
import org.jspecify.annotations.Nullable;

/// Some of a group's rules: those that a request wants to have, or those that it changed. What is
/// absent stays as it is.
public record RulesPatch(
    @Nullable JoinPolicy joinPolicy,
    @Nullable Allowed invitePolicy,
    @Nullable Allowed postPolicy,
    @Nullable HistoryPolicy historyPolicy,
    @Nullable Integer slowModeMs,
    @Nullable String joinQuestion) {

  public static final RulesPatch NONE = new RulesPatch(null, null, null, null, null, null);

  /// The field `rules` of a request; [#NONE] where it is absent.
  static RulesPatch of(Fields request) {
    if (!request.has("rules")) {
      return NONE;
    }
    Fields rules = request.object("rules");
    Long slowModeMs = rules.optionalInteger("slowModeMs", 0, Rules.SLOW_MODE_MAX_MS);
    return new RulesPatch(
        rules.has("joinPolicy") ? rules.word("joinPolicy", JoinPolicy::of) : null,
        rules.has("invitePolicy") ? rules.word("invitePolicy", Allowed::of) : null,
        rules.has("postPolicy") ? rules.word("postPolicy", Allowed::of) : null,
        rules.has("historyPolicy") ? rules.word("historyPolicy", HistoryPolicy::of) : null,
        slowModeMs == null ? null : slowModeMs.intValue(),
        rules.optionalText("joinQuestion", 0, Rules.JOIN_QUESTION_CHARACTERS_MAX));
  }

  Rules applyTo(Rules rules) {
    return new Rules(
        joinPolicy != null ? joinPolicy : rules.joinPolicy(),
        invitePolicy != null ? invitePolicy : rules.invitePolicy(),
        postPolicy != null ? postPolicy : rules.postPolicy(),
        historyPolicy != null ? historyPolicy : rules.historyPolicy(),
        slowModeMs != null ? slowModeMs : rules.slowModeMs(),
        joinQuestion != null ? joinQuestion : rules.joinQuestion());
  }

  /// What `rules` has that `others` have not, or null where they are the same.
  static @Nullable RulesPatch difference(Rules rules, Rules others) {
    return rules.equals(others)
        ? null
        : new RulesPatch(
            unless(rules.joinPolicy(), others.joinPolicy()),
            unless(rules.invitePolicy(), others.invitePolicy()),
            unless(rules.postPolicy(), others.postPolicy()),
            unless(rules.historyPolicy(), others.historyPolicy()),
            unless(rules.slowModeMs(), others.slowModeMs()),
            unless(rules.joinQuestion(), others.joinQuestion()));
  }

  private static <T> @Nullable T unless(T value, T other) {
    return value.equals(other) ? null : value;
  }
}
