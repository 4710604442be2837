package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Event;
import io.hongbao.message.NumberRows;
import io.hongbao.message.conversation.Conversation.Shown;
import io.hongbao.message.conversation.ConversationRequest.UpdateConversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out `conversation.update`, and tells all of the user's connections.
final class ConversationSettings {

  private final Database database;
  private final Push push;

  ConversationSettings(Database database, Push push) {
    this.database = database;
    this.push = push;
  }

  Reply update(Caller caller, UpdateConversation request) {
    long userId = caller.userId();
    Refusal refusal = database.transact(transaction -> update(transaction, userId, request));
    if (refusal != null) {
      return Reply.refused(refusal);
    }
    Outcome<Conversation> outcome =
        database.snapshot(transaction -> look(transaction, userId, request.groupId()));
    return switch (outcome) {
      case Refused(var goneSince) -> Reply.refused(goneSince);
      case Done(var conversation) -> {
        var shown = new Shown(conversation);
        byte[] event = new Event("conversation", shown).bytes();
        push.publish(new UserSignal(List.of(userId), 0, event));
        yield Reply.of(shown);
      }
    };
  }

  private static @Nullable Refusal update(
      Transaction transaction, long userId, UpdateConversation request) {
    return switch (head(transaction, userId, request.groupId())) {
      case Refused(var refusal) -> refusal;
      case Done(var head) when !changes(head, request) -> null;
      case Done(var head) when head.dissolved() ->
          Refusal.of(ErrorCode.GROUP_DISSOLVED, "this group was dissolved");
      case Done<Head> _ -> {
        transaction
            .mapper(StateMapper.class)
            .set(request.groupId(), userId, request.pinned(), request.doNotDisturb());
        yield null;
      }
    };
  }

  private static Outcome<Conversation> look(Transaction transaction, long userId, long groupId) {
    return switch (head(transaction, userId, groupId)) {
      case Refused(var refusal) -> Outcome.refused(refusal);
      case Done(var head) -> {
        List<Head> heads = List.of(head);
        List<Tally> tallies = new Unread(transaction).tallies(heads);
        yield Outcome.done(new ConversationView(transaction).of(heads, tallies).getFirst());
      }
    };
  }

  private static Outcome<Head> head(Transaction transaction, long userId, long groupId) {
    String row = new NumberRows().add(groupId, userId).json();
    List<Head> found = transaction.mapper(HeadMapper.class).ofPairs(row);
    if (found.isEmpty()) {
      return Outcome.refused(ErrorCode.NOT_FOUND, "there is no such group");
    }
    return found.getFirst().isMember()
        ? Outcome.done(found.getFirst())
        : Outcome.refused(ErrorCode.NOT_A_MEMBER, "not a member of this group");
  }

  private static boolean changes(Head head, UpdateConversation request) {
    return (request.pinned() != null && request.pinned() != head.pinned())
        || (request.doNotDisturb() != null && request.doNotDisturb() != head.doNotDisturb());
  }
}
