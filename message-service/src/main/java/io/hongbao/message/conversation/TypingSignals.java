package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.Event;
import io.hongbao.message.conversation.ConversationRequest.Typing;
import io.hongbao.message.group.MuteRule;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.Standing;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells a group that a member is writing. Nothing of it is stored.
final class TypingSignals {

  private final Push push;
  private final Clock clock;

  TypingSignals(Push push, Clock clock) {
    this.push = push;
    this.clock = clock;
  }

  Reply signal(Caller caller, Typing request, Standing standing) {
    Refusal refusal = refusal(standing);
    if (refusal != null) {
      return Reply.refused(refusal);
    }
    byte[] event = new Event("typing", new Writing(request.groupId(), caller.userId())).bytes();
    push.publish(new GroupSignal(request.groupId(), caller.userId(), event));
    return Reply.of(Map.of());
  }

  private @Nullable Refusal refusal(Standing standing) {
    if (standing.dissolved()) {
      return Refusal.of(ErrorCode.GROUP_DISSOLVED, "this group has been dissolved");
    }
    Role role = Objects.requireNonNull(standing.role(), "a member's");
    return MuteRule.refusal(role, standing.mutedUntil(), standing.postPolicy(), clock.millis());
  }

  /// The data of the event `typing`.
  private record Writing(long groupId, long userId) {}
}
