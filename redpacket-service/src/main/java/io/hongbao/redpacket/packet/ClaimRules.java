package io.hongbao.redpacket.packet;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.packet.RecordRow.RecordState;
import org.jspecify.annotations.Nullable;

/// Who gets a place, and when a place may be opened: pure functions of the packet, the user's own
/// record and the group. Null stands for "go on and do it".
final class ClaimRules {

  static final Verdict NOT_FOUND = Verdict.refused(ErrorCode.NOT_FOUND, "no such red packet");
  static final Verdict NOT_A_MEMBER =
      Verdict.refused(ErrorCode.NOT_A_MEMBER, "you are no member of this group");
  static final Verdict NOT_RECIPIENT =
      Verdict.refused(ErrorCode.NOT_RECIPIENT, "this red packet is for somebody else");
  private static final Verdict DISSOLVED =
      Verdict.refused(ErrorCode.GROUP_DISSOLVED, "this group has been dissolved");
  private static final Verdict NOT_GRABBED =
      Verdict.refused(ErrorCode.NOT_GRABBED, "grab it first");
  private static final Verdict UNAVAILABLE = new Verdict.Refused(Queries.outage());

  private ClaimRules() {}

  /// @param record the user's own, or null
  static @Nullable Verdict grab(
      PacketDraft packet, @Nullable RecordRow record, long userId, Standing standing) {
    if (record != null) {
      return new Verdict.Answered(repeated(record));
    }
    if (standing.outage() != null) {
      return new Verdict.Refused(standing.outage());
    }
    if (!standing.members().userIds().contains(userId)) {
      return NOT_A_MEMBER;
    }
    Long recipientId = packet.row().recipientId();
    if (recipientId != null && recipientId != userId) {
      return NOT_RECIPIENT;
    }
    if (packet.isFull()) {
      return new Verdict.Answered(ClaimReply.EMPTY);
    }
    return switch (packet.state()) {
      case EXPIRED, REFUNDED -> new Verdict.Answered(ClaimReply.EXPIRED);
      case EXHAUSTED, FINISHED, CLOSED -> new Verdict.Answered(ClaimReply.EMPTY);
      case CANCELLED -> NOT_FOUND;
      // Whoever sees its entry already is a moment early.
      case PAID -> UNAVAILABLE;
      case ACTIVE -> {
        if (packet.row().isFrozen()) {
          yield UNAVAILABLE;
        }
        yield standing.members().dissolved() ? DISSOLVED : null;
      }
    };
  }

  static @Nullable Verdict open(PacketDraft packet, @Nullable RecordRow record) {
    if (record == null) {
      return withoutPlace(packet);
    }
    if (record.state() == RecordState.GRABBED) {
      return packet.row().isFrozen() ? UNAVAILABLE : null;
    }
    return new Verdict.Answered(
        record.state() == RecordState.LAPSED
            ? ClaimReply.EXPIRED
            : ClaimReply.opened(record.amount(), record.openedAt()));
  }

  private static Verdict withoutPlace(PacketDraft packet) {
    if (packet.isFull()) {
      return new Verdict.Answered(ClaimReply.EMPTY);
    }
    return switch (packet.state()) {
      case PAID, ACTIVE -> NOT_GRABBED;
      case EXHAUSTED, FINISHED, CLOSED -> new Verdict.Answered(ClaimReply.EMPTY);
      case EXPIRED, REFUNDED -> new Verdict.Answered(ClaimReply.EXPIRED);
      case CANCELLED -> NOT_FOUND;
    };
  }

  private static ClaimReply repeated(RecordRow record) {
    return switch (record.state()) {
      case GRABBED -> ClaimReply.GRABBED;
      case OPENED, SETTLED -> ClaimReply.opened(record.amount(), null);
      case LAPSED -> ClaimReply.EXPIRED;
    };
  }
}
