package io.hongbao.message.conversation;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import io.hongbao.message.Reads;
import io.hongbao.message.conversation.ConversationRequest.ListConversations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Answers `conversation.list` in a fixed number of statements: the heads of all conversations, the
/// tallies that the cache does not have, and the heads again, the groups and the last messages of
/// the page, as of one moment. No connection is held while Redis is asked.
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
    Queries queries = reads.queries();
    Database database = reads.database();
    List<Head> heads =
        queries.turn(
            () -> database.transact(reading -> reading.mapper(HeadMapper.class).ofUser(userId)));
    Map<Long, Tally> tallies = known(userId, heads);
    List<Head> unknown =
        heads.stream().filter(head -> !tallies.containsKey(head.groupId())).toList();
    List<Head> selected = ConversationPage.select(heads, request);
    Shown shown =
        queries.turn(() -> database.snapshot(reading -> show(reading, selected, unknown, tallies)));
    cache.put(userId, unknown, of(unknown, tallies));
    long totalUnread =
        heads.stream()
            .filter(head -> !head.doNotDisturb())
            .mapToLong(head -> of(head, tallies).unread())
            .sum();
    return ConversationPage.of(shown.heads(), shown.conversations(), totalUnread, request.limit());
  }

  /// Conversations, and the heads that they were selected by.
  record Shown(List<Head> heads, List<Conversation> conversations) {}

  /// Counts what is unknown, and shows the selected ones as they are now: who has left one since is
  /// not shown it, and where something has changed it is counted anew.
  ///
  /// @param tallies by group; those of the unknown are added
  static Shown show(
      Transaction transaction, List<Head> selected, List<Head> unknown, Map<Long, Tally> tallies) {
    tallies.putAll(count(transaction, unknown));
    List<Head> now = again(transaction, selected);
    Set<Head> known = Set.copyOf(selected);
    var shown = new HashMap<>(tallies);
    shown.putAll(count(transaction, now.stream().filter(head -> !known.contains(head)).toList()));
    Set<Long> there = now.stream().map(Head::groupId).collect(Collectors.toSet());
    return new Shown(
        selected.stream().filter(head -> there.contains(head.groupId())).toList(),
        new ConversationView(transaction).of(now, of(now, shown)));
  }

  private static Map<Long, Tally> count(Transaction transaction, List<Head> heads) {
    List<Tally> tallies = new Unread(transaction).tallies(heads);
    var byGroup = HashMap.<Long, Tally>newHashMap(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      byGroup.put(heads.get(i).groupId(), tallies.get(i));
    }
    return byGroup;
  }

  /// The same heads in their order as they are now, without those that are the user's no more.
  private static List<Head> again(Transaction transaction, List<Head> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    var rows = new NumberRows();
    heads.forEach(head -> rows.add(head.groupId(), head.userId()));
    Map<Long, Head> now =
        transaction.mapper(HeadMapper.class).ofPairs(rows.json()).stream()
            .filter(head -> head.isMember() && !head.dissolved())
            .collect(Collectors.toMap(Head::groupId, Function.identity()));
    return heads.stream().map(head -> now.get(head.groupId())).filter(Objects::nonNull).toList();
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

  private static List<Tally> of(List<Head> heads, Map<Long, Tally> tallies) {
    return heads.stream().map(head -> of(head, tallies)).toList();
  }

  private static Tally of(Head head, Map<Long, Tally> tallies) {
    return Objects.requireNonNull(tallies.get(head.groupId()), "known or counted");
  }
}
