package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import java.util.ArrayList;
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
        && (before.userId() == actorId || mayRecall(state, target, member))) {
      return new Verdict.Repeat(new Answer.Recalled(before.seq()));
    }
    if (member == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (target == null || recall.seq() < state.visibleFrom(member)) {
      return Refusals.refused(Refusals.NO_SUCH_ENTRY);
    }
    switch (target.type()) {
      case SYSTEM, RECALL, EDIT, REACTION, REDPACKET -> {
        return Refusals.invalid("seq", "is an entry that nobody takes back");
      }
      case TEXT, IMAGE, AUDIO, VIDEO, FILE -> {
        // people take back what people said
      }
    }
    if (!mayRecall(state, target, member)) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only the sender, owner and admins may");
    }
    if (now - target.sentAt() > windowMs
        && !Act.RECALL_ANY.isAllowed(member.role(), state.rules())) {
      return Refusals.refused(ErrorCode.RECALL_TOO_LATE, "it was sent too long ago");
    }
    return recalled(state, facts, recall, target, now);
  }

  /// Whether the member may in principle, whenever it was sent.
  private static boolean mayRecall(GroupState state, Target target, @Nullable Membership member) {
    return member != null
        && (target.senderId() == member.userId()
            || Act.RECALL_ANY.isAllowed(member.role(), state.rules()));
  }

  private static Verdict recalled(
      GroupState state, GroupFacts facts, GroupCommand.Recall recall, Target target, long now) {
    Origin origin = recall.origin();
    long seq = recall.seq();
    long recallSeq = state.lastSeq() + 1;
    var changes = new ArrayList<Change>();
    changes.add(
        new Change.Recalled(
            seq,
            recallSeq,
            origin.actorId(),
            now,
            Mentions.parse(target.mentions()),
            target.edit() != null));
    if (facts.entries().isPinned(seq)) {
      changes.add(new EntryChange.Unpinned(seq));
    }
    if (target.senderId() != origin.actorId()) {
      changes.add(
          AuditRecord.of(
              origin,
              AuditAction.MESSAGE_RECALLED,
              List.of(target.senderId()),
              new OfEntry(seq, target.type()),
              null,
              now));
    }
    return new Verdict.Done(
        List.of(state.uncountedEntry(origin, EntryType.RECALL, "{\"seq\":" + seq + "}", now)),
        changes,
        new Answer.Recalled(recallSeq));
  }

  private record OfEntry(long seq, EntryType type) {}
}
