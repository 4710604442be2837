package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.Reads;
import io.hongbao.message.conversation.ConversationRequest.ListConversations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers `conversation.list` in a fixed number of statements: the heads of all conversations, the
/// tallies that the cache does not have, and the groups and last messages of the page. No
/// connection is held while Redis is asked.
final class ConversationList {

  private final Reads reads;
  private final UnreadCache cache;

  ConversationList(Reads reads, UnreadCache cache) {
    this.reads = reads;
    this.cache = cache;
  }

  CompletionStage<Reply> list(Caller caller, ListConversations request) {
    return reads
        .queries()
        .call("conversation.list", () -> Reply.of(page(caller.userId(), request)), Reply::refused);
  }

  private ConversationPage page(long userId, ListConversations request) {
    List<Head> heads = turn(transaction -> transaction.mapper(HeadMapper.class).ofUser(userId));
    Map<Long, Tally> tallies = known(userId, heads);
    List<Head> unknown =
        heads.stream().filter(head -> !tallies.containsKey(head.groupId())).toList();
    List<Head> selected = ConversationPage.select(heads, request);
    List<Conversation> conversations =
        turn(
            transaction -> {
              List<Tally> counted = new Unread(transaction).tallies(unknown);
              for (int i = 0; i < counted.size(); i++) {
                tallies.put(unknown.get(i).groupId(), counted.get(i));
              }
              return new ConversationView(transaction).of(selected, of(selected, tallies));
            });
    cache.put(userId, unknown, of(unknown, tallies));
    long totalUnread =
        heads.stream()
            .filter(head -> !head.doNotDisturb())
            .mapToLong(head -> of(head, tallies).unread())
            .sum();
    return ConversationPage.of(selected, conversations, totalUnread, request.limit());
  }

  /// By group, what needs no look at the log.
  private Map<Long, Tally> known(long userId, List<Head> heads) {
    var known = new HashMap<Long, Tally>();
    List<Head> open = heads.stream().filter(head -> !head.isReadWholly()).toList();
    var cached = cache.get(userId, open);
    for (int i = 0; i < open.size(); i++) {
      Tally tally = cached.get(i);
      if (tally != null) {
        known.put(open.get(i).groupId(), tally);
      }
    }
    for (Head head : heads) {
      if (head.isReadWholly()) {
        known.put(head.groupId(), Tally.nothingUnread(head.readSeq()));
      }
    }
    return known;
  }

  private <T> T turn(Function<Transaction, T> step) {
    return reads.queries().turn(() -> reads.database().transact(step));
  }

  private static List<Tally> of(List<Head> heads, Map<Long, Tally> tallies) {
    return heads.stream().map(head -> of(head, tallies)).toList();
  }

  private static Tally of(Head head, Map<Long, Tally> tallies) {
    return Objects.requireNonNull(tallies.get(head.groupId()), "known or counted");
  }
}
