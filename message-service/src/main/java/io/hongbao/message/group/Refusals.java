package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;

/// The refusals of the group's rules that are said in more than one place.
final class Refusals {

  static final Refusal NO_SUCH_GROUP = Refusal.of(ErrorCode.NOT_FOUND, "no such group");
  static final Refusal NO_SUCH_CODE = Refusal.of(ErrorCode.NOT_FOUND, "no such invite code");
  static final Refusal CODE_OVER =
      Refusal.of(ErrorCode.CODE_EXPIRED, "this invite code is no longer valid");
  static final Refusal NOT_A_MEMBER =
      Refusal.of(ErrorCode.NOT_A_MEMBER, "you are no member of this group");
  static final Refusal DISSOLVED =
      Refusal.of(ErrorCode.GROUP_DISSOLVED, "this group has been dissolved");
  static final Refusal NO_SUCH_REQUEST = Refusal.of(ErrorCode.NOT_FOUND, "no such request");
  static final Refusal NO_SUCH_ENTRY = Refusal.of(ErrorCode.NOT_FOUND, "no such entry");
  static final Refusal BANNED = Refusal.of(ErrorCode.BANNED, "kept out of this group");
  static final Refusal TOO_MANY_WAITING =
      Refusal.of(ErrorCode.LIMIT_REACHED, "too many wait to be let in");
  static final Refusal TOO_MANY_PINS =
      Refusal.of(ErrorCode.LIMIT_REACHED, "as many as may be are pinned");
  static final Refusal TOO_MANY_EMOJI =
      Refusal.of(ErrorCode.LIMIT_REACHED, "as many different emoji as may be are there");
  static final Refusal TOO_MANY_EDITS =
      Refusal.of(ErrorCode.LIMIT_REACHED, "edited as often as may be");
  static final Refusal GROUP_FULL = Refusal.of(ErrorCode.GROUP_FULL, "this group is full");

  private Refusals() {}

  static Verdict.Refused refused(ErrorCode code, String message) {
    return new Verdict.Refused(Refusal.of(code, message));
  }

  static Verdict.Refused refused(Refusal refusal) {
    return new Verdict.Refused(refusal);
  }

  static Verdict.Refused invalid(String field, String message) {
    return new Verdict.Refused(Refusal.invalid(field, field + " " + message));
  }
}
