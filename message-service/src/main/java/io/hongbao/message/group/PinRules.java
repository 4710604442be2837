package io.hongbao.message.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries that owner and admins hold up, at most [#PINS_MAX] of a group.
final class PinRules {

  static final int PINS_MAX = 100;

  private PinRules() {}

  private record OfEntry(long seq) {}

  /// To who may, about what they see.
  static @Nullable Answer repeated(
      GroupState state, GroupFacts facts, @Nullable Membership actor, long seq, boolean pinned) {
    return actor != null
            && Act.PIN.isAllowed(actor.role(), state.rules())
            && facts.target(seq) != null
            && seq >= state.visibleFrom(actor)
            && facts.entries().isPinned(seq) == pinned
        ? new Answer.Nothing()
        : null;
  }

  static Verdict pin(GroupState state, EntryCommand.Pin pin, long now) {
    if (state.pins() >= PINS_MAX) {
      return Refusals.refused(Refusals.TOO_MANY_PINS);
    }
    Origin origin = pin.origin();
    long pinSeq = state.lastSeq() + 1;
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin, SystemContent.messagePinned(origin.actorId(), pin.seq()), now)),
        List.of(
            new EntryChange.Pinned(pin.seq(), pinSeq, origin.actorId(), now),
            AuditRecord.of(
                origin, AuditAction.MESSAGE_PINNED, List.of(), null, new OfEntry(pin.seq()), now)),
        new Answer.Nothing());
  }

  static Verdict unpin(GroupState state, EntryCommand.Unpin unpin, long now) {
    Origin origin = unpin.origin();
    return new Verdict.Done(
        List.of(
            state.systemEntry(
                origin, SystemContent.messageUnpinned(origin.actorId(), unpin.seq()), now)),
        List.of(
            new EntryChange.Unpinned(unpin.seq()),
            AuditRecord.of(
                origin,
                AuditAction.MESSAGE_UNPINNED,
                List.of(),
                new OfEntry(unpin.seq()),
                null,
                now)),
        new Answer.Nothing());
  }
}
