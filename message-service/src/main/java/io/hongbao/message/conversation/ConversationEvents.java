package io.hongbao.message.conversation;

import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Event;
import io.hongbao.message.NumberRows;
import io.hongbao.message.Turns;
import io.hongbao.message.conversation.Conversation.Gone;
import io.hongbao.message.conversation.Conversation.Shown;
import io.hongbao.message.group.MembershipEvents;
import java.util.ArrayList;
import java.util.List;

/// Tells users of the groups that they joined or lost, and forgets them as members. What is told of
/// one group keeps its order, so who leaves and comes back ends with the conversation. Who is no
/// member any more when it comes to telling is not told of having joined.
public final class ConversationEvents implements MembershipEvents {

  private final Database database;
  private final Queries queries;
  private final Push push;
  private final KnownMembers known;
  private final Turns<Long> turns = new Turns<>();

  public ConversationEvents(Database database, Queries queries, Push push, KnownMembers known) {
    this.database = database;
    this.queries = queries;
    this.push = push;
    this.known = known;
  }

  @Override
  public void joined(long groupId, List<Long> userIds) {
    inTurn("conversation.joined", groupId, () -> tellJoined(groupId, userIds));
  }

  @Override
  public void removed(long groupId, List<Long> userIds) {
    known.forget(groupId, userIds);
    byte[] event = new Event("conversation", Gone.of(groupId)).bytes();
    inTurn(
        "conversation.removed",
        groupId,
        () -> push.publish(new UserSignal(List.copyOf(userIds), 0, event)));
  }

  private void inTurn(String name, long groupId, Runnable work) {
    turns.next(
        groupId,
        () ->
            queries.reply(
                name,
                () -> {
                  work.run();
                  return new Reply.Success(new byte[0]);
                }));
  }

  private void tellJoined(long groupId, List<Long> userIds) {
    for (int from = 0; from < userIds.size(); from += NumberRows.MAX) {
      List<Long> part = userIds.subList(from, Math.min(userIds.size(), from + NumberRows.MAX));
      List<UserSignal> signals =
          database.snapshot(transaction -> signals(transaction, groupId, part));
      signals.forEach(push::publish);
    }
  }

  private static List<UserSignal> signals(
      Transaction transaction, long groupId, List<Long> userIds) {
    var rows = new NumberRows();
    userIds.forEach(userId -> rows.add(groupId, userId));
    List<Head> heads =
        transaction.mapper(HeadMapper.class).ofPairs(rows.json()).stream()
            .filter(head -> head.isMember() && !head.dissolved())
            .toList();
    List<Conversation> conversations =
        new ConversationView(transaction).of(heads, new Unread(transaction).tallies(heads));
    var signals = new ArrayList<UserSignal>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      byte[] event = new Event("conversation", new Shown(conversations.get(i))).bytes();
      signals.add(new UserSignal(List.of(heads.get(i).userId()), 0, event));
    }
    return signals;
  }
}
