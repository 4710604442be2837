package io.hongbao.message.group;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.message.log.Earlier;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.Mentions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sending.
final class PostRules {

  private PostRules() {}

  static Verdict send(GroupState state, GroupFacts facts, GroupCommand.Send send, long now) {
    Earlier earlier = facts.earlier(send.key());
    if (earlier != null) {
      return earlier.digest() == send.digest()
          ? new Verdict.Repeat(
              new Answer.Sent(earlier.messageId(), earlier.seq(), earlier.sentAt(), true))
          : Refusals.refused(
              ErrorCode.CONFLICT, "clientMessageId was used for another message before");
    }
    if (send.isByServer()) {
      return state.isDissolved() ? Refusals.refused(Refusals.DISSOLVED) : sent(state, send, now);
    }
    Membership sender = state.member(send.origin().actorId());
    if (sender == null) {
      return Refusals.refused(Refusals.NOT_A_MEMBER);
    }
    if (state.isDissolved()) {
      return Refusals.refused(Refusals.DISSOLVED);
    }
    Refusal muted =
        MuteRule.refusal(sender.role(), sender.mutedUntil(), state.rules().postPolicy(), now);
    if (muted != null) {
      return Refusals.refused(muted);
    }
    Long replyToSeq = send.replyToSeq();
    if (replyToSeq != null
        && (replyToSeq < state.visibleFrom(sender) || replyToSeq > state.lastSeq())) {
      return Refusals.invalid("replyToSeq", "is no entry that you can see");
    }
    Refusal unmentionable = unmentionable(state, sender, send.mentions());
    if (unmentionable != null) {
      return Refusals.refused(unmentionable);
    }
    Long last = facts.entries().lastPost(sender.userId());
    Refusal tooSoon = SlowMode.refusal(sender.role(), state.rules().slowModeMs(), last, now);
    return tooSoon == null ? sent(state, send, now) : Refusals.refused(tooSoon);
  }

  /// Why the entry may not mention those, or null.
  static @Nullable Refusal unmentionable(GroupState state, Membership sender, Mentions mentions) {
    for (long userId : mentions.userIds()) {
      if (userId != Mentions.EVERYBODY && !state.isMember(userId)) {
        return Refusal.invalid("mentions", "mentions has somebody who is no member");
      }
    }
    return mentions.everybody() && !Act.MENTION_ALL.isAllowed(sender.role(), state.rules())
        ? Refusal.of(ErrorCode.FORBIDDEN, "only owner and admins mention all")
        : null;
  }

  private static Verdict sent(GroupState state, GroupCommand.Send send, long now) {
    Origin origin = send.origin();
    long seq = state.lastSeq() + 1;
    Entry entry =
        new Entry(
            origin.groupId(),
            seq,
            origin.messageId(),
            origin.actorId(),
            send.type(),
            state.counted() + (send.type().countable() ? 1 : 0),
            send.content(),
            send.mentions().json(),
            send.replyToSeq(),
            send.clientMessageId(),
            send.digest(),
            now);
    var changes = new ArrayList<Change>();
    List<Long> mentioned = send.mentions().userIds();
    if (!mentioned.isEmpty()) {
      changes.add(new Change.Mentioned(seq, mentioned));
    }
    if (!send.mediaIds().isEmpty()) {
      changes.add(new Change.MediaSent(seq, send.mediaIds()));
    }
    return new Verdict.Done(
        List.of(entry), changes, new Answer.Sent(origin.messageId(), seq, now, null));
  }
}
