package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Event;
import io.hongbao.message.NumberRows;
import io.hongbao.message.conversation.Conversation.Shown;
import io.hongbao.message.conversation.ConversationRequest.UpdateConversation;
import java.util.List;

/// Carries out `conversation.update`, and tells all of the user's connections.
final class ConversationSettings {

  private final Database database;
  private final Push push;

  ConversationSettings(Database database, Push push) {
    this.database = database;
    this.push = push;
  }

  Reply update(Caller caller, UpdateConversation request) {
    Outcome<Conversation> outcome =
        database.transact(transaction -> update(transaction, caller.userId(), request));
    return switch (outcome) {
      case Refused(var refusal) -> Reply.refused(refusal);
      case Done(var conversation) -> {
        var shown = new Shown(conversation);
        byte[] event = new Event("conversation", shown).bytes();
        push.publish(new UserSignal(List.of(caller.userId()), 0, event));
        yield Reply.of(shown);
      }
    };
  }

  private static Outcome<Conversation> update(
      Transaction transaction, long userId, UpdateConversation request) {
    List<Head> found = heads(transaction, userId, request.groupId());
    if (found.isEmpty()) {
      return Outcome.refused(ErrorCode.NOT_FOUND, "there is no such group");
    }
    Head head = found.getFirst();
    if (!head.isMember()) {
      return Outcome.refused(ErrorCode.NOT_A_MEMBER, "not a member of this group");
    }
    if (changes(head, request)) {
      if (head.dissolved()) {
        return Outcome.refused(ErrorCode.GROUP_DISSOLVED, "this group was dissolved");
      }
      transaction
          .mapper(StateMapper.class)
          .set(request.groupId(), userId, request.pinned(), request.doNotDisturb());
    }
    List<Head> now = heads(transaction, userId, request.groupId());
    List<Tally> tallies = new Unread(transaction).tallies(now);
    return Outcome.done(new ConversationView(transaction).of(now, tallies).getFirst());
  }

  private static List<Head> heads(Transaction transaction, long userId, long groupId) {
    String row = new NumberRows().add(groupId, userId).json();
    return transaction.mapper(HeadMapper.class).ofPairs(row);
  }

  private static boolean changes(Head head, UpdateConversation request) {
    return (request.pinned() != null && request.pinned() != head.pinned())
        || (request.doNotDisturb() != null && request.doNotDisturb() != head.doNotDisturb());
  }
}
