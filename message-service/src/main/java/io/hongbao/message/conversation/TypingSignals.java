package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Event;
import io.hongbao.message.Outage;
import io.hongbao.message.Reads;
import io.hongbao.message.conversation.ConversationRequest.Typing;
import io.hongbao.message.group.MuteRule;
import io.hongbao.message.group.Role;
import io.hongbao.message.group.Standing;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a group that a member is writing. Nothing of it is stored.
///
/// Who may is asked of the database each time. While that is away, what it said of the member last
/// is good: nobody joins, leaves or is muted meanwhile.
final class TypingSignals {

  private static final Logger log = LoggerFactory.getLogger(TypingSignals.class);

  private final Reads reads;
  private final Push push;
  private final Clock clock;
  private final KnownMembers known;
  private final Outage outage = new Outage();

  TypingSignals(Reads reads, Push push, KnownMembers known, Clock clock) {
    this.reads = reads;
    this.push = push;
    this.known = known;
    this.clock = clock;
  }

  CompletionStage<Reply> signal(Caller caller, Typing request) {
    var member = new MemberKey(request.groupId(), caller.userId());
    return reads.inOrder(request.groupId(), () -> signal(member));
  }

  private CompletionStage<Reply> signal(MemberKey member) {
    Standing standing = outage.mayTry() ? null : known.find(member);
    return standing != null
        ? CompletableFuture.completedFuture(answer(member, standing))
        : reads.queries().reply("typing", () -> askAndAnswer(member));
  }

  private Reply askAndAnswer(MemberKey member) {
    Outcome<Standing> asked;
    try {
      asked =
          known.ask(
              member,
              () ->
                  reads
                      .database()
                      .transact(
                          transaction ->
                              Reads.standing(transaction, member.userId(), member.groupId())));
    } catch (PersistenceException e) {
      if (outage.begins()) {
        log.warn("database failed op=typing", e);
      }
      Standing standing = known.find(member);
      return standing == null ? Queries.unavailable() : answer(member, standing);
    }
    if (outage.ends()) {
      log.info("database is back op=typing");
    }
    return switch (asked) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var standing) -> answer(member, standing);
    };
  }

  private Reply answer(MemberKey member, Standing standing) {
    Refusal refusal = refusal(standing);
    if (refusal != null) {
      return Reply.refused(refusal);
    }
    byte[] event = new Event("typing", new Writing(member.groupId(), member.userId())).bytes();
    push.publish(new GroupSignal(member.groupId(), member.userId(), event));
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
