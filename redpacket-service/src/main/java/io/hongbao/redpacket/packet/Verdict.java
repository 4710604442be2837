package io.hongbao.redpacket.packet;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;

/// What became of a command.
sealed interface Verdict {

  record Answered(ClaimReply reply) implements Verdict {}

  record Refused(Refusal refusal) implements Verdict {}

  /// It asked for nothing that anybody is told.
  record Carried() implements Verdict {}

  static Verdict refused(ErrorCode code, String message) {
    return new Refused(Refusal.of(code, message));
  }
}
