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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Tells users of the groups that they joined or lost, and forgets them as members. What is told of
/// one group keeps its order, so who leaves and comes back ends with the conversation. Who is no
/// member any more when it comes to telling is not told of having joined.
///
/// Another process may change the same members and tell them meanwhile. So who was told is looked
/// at again, until there is nothing new: what a user is told last is how it is.
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
    inTurn("conversation.joined", groupId, () -> tell(groupId, userIds));
  }

  @Override
  public void removed(long groupId, List<Long> userIds) {
    known.forget(groupId, userIds);
    inTurn(
        "conversation.removed",
        groupId,
        () -> {
          push.publish(gone(groupId, userIds));
          tell(groupId, userIds);
        });
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

  /// @param userIds who knows of no conversation
  private void tell(long groupId, List<Long> userIds) {
    for (int from = 0; from < userIds.size(); from += NumberRows.MAX) {
      List<Long> part = userIds.subList(from, Math.min(userIds.size(), from + NumberRows.MAX));
      Look look = new Look(Map.of(), List.of());
      do {
        Map<Long, Long> told = look.joinSeqs();
        look = database.snapshot(transaction -> look(transaction, groupId, part, told));
        look.news().forEach(push::publish);
      } while (!look.news().isEmpty());
    }
  }

  /// @param joinSeqs the members' join points, by user
  /// @param news what they, and who was one, have yet to be told
  private record Look(Map<Long, Long> joinSeqs, List<UserSignal> news) {}

  private static Look look(
      Transaction transaction, long groupId, List<Long> userIds, Map<Long, Long> told) {
    var rows = new NumberRows();
    userIds.forEach(userId -> rows.add(groupId, userId));
    var joinSeqs = new HashMap<Long, Long>();
    var unknown = new ArrayList<Head>();
    for (Head head : transaction.mapper(HeadMapper.class).ofPairs(rows.json())) {
      if (head.isMember() && !head.dissolved()) {
        joinSeqs.put(head.userId(), head.joinSeq());
        if (!Objects.equals(told.get(head.userId()), head.joinSeq())) {
          unknown.add(head);
        }
      }
    }
    List<UserSignal> news = signals(transaction, unknown);
    List<Long> gone = told.keySet().stream().filter(id -> !joinSeqs.containsKey(id)).toList();
    if (!gone.isEmpty()) {
      news.add(gone(groupId, gone));
    }
    return new Look(joinSeqs, news);
  }

  private static List<UserSignal> signals(Transaction transaction, List<Head> heads) {
    List<Conversation> conversations =
        new ConversationView(transaction).of(heads, new Unread(transaction).tallies(heads));
    var signals = new ArrayList<UserSignal>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      byte[] event = new Event("conversation", new Shown(conversations.get(i))).bytes();
      signals.add(new UserSignal(List.of(heads.get(i).userId()), 0, event));
    }
    return signals;
  }

  private static UserSignal gone(long groupId, List<Long> userIds) {
    byte[] event = new Event("conversation", Gone.of(groupId)).bytes();
    return new UserSignal(List.copyOf(userIds), 0, event);
  }
}
