package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Invite codes.
final class CodeRules {

  static final long VALID_DEFAULT_MS = Duration.ofDays(7).toMillis();

  private CodeRules() {}

  /// What the audit says of a code, which lets in whoever holds it: not the code.
  private record ValidUntil(long expiresAt) {}

  static Verdict make(GroupState state, GroupFacts facts, GroupCommand.MakeCode make, long now) {
    Membership member = state.member(make.origin().actorId());
    if (member == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    if (!Act.INVITE_CODE.isAllowed(member.role(), state.rules())) {
      return Refusals.refused(ErrorCode.FORBIDDEN, "only owner and admins have invite codes");
    }
    Long validMs = make.validMs();
    if (validMs == null && !make.revoke()) {
      InviteCode valid = facts.validCode(now);
      if (valid != null) {
        return new Verdict.Repeat(new Answer.TheCode(valid.code(), valid.expiresAt()));
      }
    }
    var code =
        new InviteCode(
            make.candidate(),
            make.origin().groupId(),
            make.origin().actorId(),
            now,
            now + (validMs == null ? VALID_DEFAULT_MS : validMs),
            null);
    var changes = new ArrayList<Change>();
    if (make.revoke()) {
      changes.add(new Change.CodesRevoked(now));
    }
    changes.add(new Change.CodeMade(code));
    changes.add(
        AuditRecord.of(
            make.origin(),
            make.revoke() ? AuditAction.INVITE_CODES_REVOKED : AuditAction.INVITE_CODE_MADE,
            List.of(),
            null,
            new ValidUntil(code.expiresAt()),
            now));
    return new Verdict.Done(List.of(), changes, new Answer.TheCode(code.code(), code.expiresAt()));
  }
}
