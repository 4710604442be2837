package io.hongbao.message.group;

import io.hongbao.common.wire.Json;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Emoji put on an entry, at most [#EMOJI_MAX] different ones. Each is an entry of the log, so that
/// who reads on knows of it, but one that counts as nothing.
final class ReactionRules {

  static final int EMOJI_MAX = 20;

  private ReactionRules() {}

  private record Reaction(long seq, String emoji, boolean added) {}

  /// To who put it, also once the entry was taken back, which took all reactions off it. That there
  /// is none is told to members who see the entry.
  static @Nullable Answer repeated(
      GroupState state, GroupFacts facts, @Nullable Membership actor, EntryCommand.React react) {
    boolean has = facts.entries().hasReacted(react.origin().actorId(), react.seq(), react.emoji());
    Target target = facts.target(react.seq());
    boolean holds =
        react.added()
            ? has
            : actor != null
                && target != null
                && react.seq() >= state.visibleFrom(actor)
                && (!has || target.recall() != null);
    return holds ? new Answer.Nothing() : null;
  }

  static Verdict react(GroupState state, GroupFacts facts, EntryCommand.React react, long now) {
    Origin origin = react.origin();
    long seq = state.lastSeq() + 1;
    ReactionCount before = facts.entries().count(react.seq(), react.emoji());
    if (before == null && facts.entries().emojiOf(react.seq()) >= EMOJI_MAX) {
      return Refusals.refused(Refusals.TOO_MANY_EMOJI);
    }
    ReactionCount count =
        (before == null ? new ReactionCount(react.emoji(), seq, 0) : before)
            .plus(react.added() ? 1 : -1);
    String content = Json.text(new Reaction(react.seq(), react.emoji(), react.added()));
    return new Verdict.Done(
        List.of(state.uncountedEntry(origin, EntryType.REACTION, content, now)),
        List.of(
            new EntryChange.Reacted(
                origin.actorId(), react.seq(), react.emoji(), react.added(), count)),
        new Answer.Nothing());
  }
}
