package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Taking back an entry.
final class RecallRules {

  private RecallRules() {}

  static Verdict recall(
      GroupState state, GroupFacts facts, GroupCommand.Recall recall, long windowMs, long now) {
    long actorId = recall.origin().actorId();
    Membership member = state.member(actorId);
    Target target = facts.target(recall.seq());
    Target.Recall before = target == null ? null : target.recall();
    if (target != null
        && before != null
        && (before.userId() == actorId || mayRecall(target, member))) {
      return new Verdict.Repeat(new Answer.Recalled(before.seq()));
    }
    if (member == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (target == null || recall.seq() < state.visibleFrom(member)) {
      return Refusals.refused(ErrorCode.NOT_FOUND, "no such entry");
    }
    switch (target.type()) {
      case SYSTEM, RECALL, REDPACKET -> {
        return Refusals.invalid("seq", "is an entry that nobody takes back");
      }
      case TEXT, IMAGE, AUDIO, VIDEO, FILE -> {
        // people take back what people said
      }
    }
    if (!mayRecall(target, member)) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only the sender, owner and admins may");
    }
    if (!member.isLeader() && now - target.sentAt() > windowMs) {
      return Refusals.refused(ErrorCode.RECALL_TOO_LATE, "it was sent too long ago");
    }
    return recalled(state, recall, target, now);
  }

  /// Whether the member may in principle, whenever it was sent.
  private static boolean mayRecall(Target target, @Nullable Membership member) {
    return member != null && (member.isLeader() || target.senderId() == member.userId());
  }

  private static Verdict recalled(
      GroupState state, GroupCommand.Recall recall, Target target, long now) {
    Origin origin = recall.origin();
    long recallSeq = state.lastSeq() + 1;
    Entry entry =
        Entry.uncounted(
            origin.groupId(),
            recallSeq,
            origin.messageId(),
            origin.actorId(),
            EntryType.RECALL,
            state.counted(),
            "{\"seq\":" + recall.seq() + "}",
            now);
    return new Verdict.Done(
        List.of(entry),
        List.of(
            new Change.Recalled(
                recall.seq(), recallSeq, origin.actorId(), now, Mentions.parse(target.mentions()))),
        new Answer.Recalled(recallSeq));
  }
}
