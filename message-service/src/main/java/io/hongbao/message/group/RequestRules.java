package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asking to be let in, and deciding about it.
final class RequestRules {

  private RequestRules() {}

  /// What becomes of who joins a group that takes members by approval. Who waits already is
  /// answered as the first time.
  static Verdict ask(
      GroupState state, GroupFacts facts, Origin origin, @Nullable String message, long now) {
    var pending = new Verdict.Repeat(Answer.Joined.pending(state.group()));
    if (facts.admin().waiting(origin.actorId()) != null) {
      return pending;
    }
    if (!state.rules().joinQuestion().isEmpty() && (message == null || message.isBlank())) {
      return Refusals.invalid("message", "must answer the group's question");
    }
    if (state.waiting() >= JoinRequest.WAITING_MAX) {
      return Refusals.refused(Refusals.TOO_MANY_WAITING);
    }
    var request =
        new JoinRequest(
            origin.messageId(),
            origin.groupId(),
            origin.actorId(),
            null,
            message == null || message.isEmpty() ? null : message,
            now,
            null,
            null);
    return new Verdict.Done(
        List.of(), List.of(new AdminChange.Requested(request)), pending.answer());
  }

  /// What becomes of those whom a member invites to such a group: requests for all who can be
  /// taken, of whom some may wait already.
  static Verdict propose(
      GroupState state,
      GroupFacts facts,
      GroupCommand.Invite invite,
      List<Long> userIds,
      long now) {
    var changes = new ArrayList<Change>();
    var pendingIds = new ArrayList<Long>();
    for (long userId : userIds) {
      if (facts.admin().waiting(userId) == null) {
        if (state.waiting() + changes.size() >= JoinRequest.WAITING_MAX) {
          continue;
        }
        changes.add(
            new AdminChange.Requested(
                new JoinRequest(
                    invite.requestIdOf(userId),
                    invite.origin().groupId(),
                    userId,
                    invite.origin().actorId(),
                    null,
                    now,
                    null,
                    null)));
      }
      pendingIds.add(userId);
    }
    if (pendingIds.isEmpty()) {
      return Refusals.refused(Refusals.TOO_MANY_WAITING);
    }
    var answer = new Answer.Invited(List.of(), pendingIds);
    return changes.isEmpty()
        ? new Verdict.Repeat(answer)
        : new Verdict.Done(List.of(), changes, answer);
  }

  static @Nullable Answer repeated(
      GroupState state, GroupFacts facts, @Nullable Membership actor, AdminCommand.Decide decide) {
    JoinRequest request = facts.admin().request(decide.requestId());
    if (request == null) {
      return null;
    }
    Boolean accepted = request.accepted();
    Long decidedBy = request.decidedBy();
    boolean may = actor != null && Act.DECIDE.isAllowed(actor.role(), state.rules());
    boolean did = decidedBy != null && decidedBy == decide.origin().actorId();
    return accepted != null && accepted == decide.accept() && (may || did)
        ? new Answer.Nothing()
        : null;
  }

  static Verdict decide(
      GroupState state, GroupFacts facts, Membership actor, AdminCommand.Decide decide, long now) {
    if (!Act.DECIDE.isAllowed(actor.role(), state.rules())) {
      return AdminRules.forbidden();
    }
    JoinRequest request = facts.admin().request(decide.requestId());
    if (request == null) {
      return Refusals.refused(Refusals.NO_SUCH_REQUEST);
    }
    if (request.isDecided()) {
      return Refusals.refused(ErrorCode.CONFLICT, "this request was decided otherwise");
    }
    Origin origin = decide.origin();
    List<Long> target = List.of(request.userId());
    if (!decide.accept()) {
      return new Verdict.Done(
          List.of(),
          List.of(
              new AdminChange.RequestDecided(request.decided(false, actor.userId())),
              AuditRecord.of(origin, AuditAction.REQUEST_DECLINED, target, now)),
          new Answer.Nothing());
    }
    return state.room() == 0
        ? Refusals.refused(Refusals.GROUP_FULL)
        : Arrivals.comeIn(
            state, facts, origin, target, AuditAction.REQUEST_ACCEPTED, new Answer.Nothing(), now);
  }
}
