package io.hongbao.message.conversation;

import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.conversation.UnreadMemberMapper.NewEntry;
import io.hongbao.message.conversation.UnreadMemberMapper.Reader;
import io.hongbao.message.log.Mentions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// To whom new entries are unread: the counting ones after the read mark, the join point and the
/// user's own last message, as everywhere. Two reads, whatever the number of entries and members.
public final class UnreadMemberReads implements UnreadMembers {

  public static final List<Class<?>> MAPPERS = List.of(UnreadMemberMapper.class);

  /// Entries that are looked at, the newest; more of one question count as so many.
  static final int ENTRIES_MAX = 1_000;

  private final Database database;
  private final Queries queries;

  public UnreadMemberReads(Database database, Queries queries) {
    this.database = database;
    this.queries = queries;
  }

  @Override
  public CompletionStage<Outcome<List<Unread>>> of(long groupId, long firstSeq, long lastSeq) {
    return queries.call(
        "unread.members",
        () ->
            Outcome.done(
                queries.turn(
                    () -> database.snapshot(tx -> unread(tx, groupId, firstSeq, lastSeq)))),
        Outcome::refused);
  }

  private static List<Unread> unread(Transaction tx, long groupId, long firstSeq, long lastSeq) {
    var mapper = tx.mapper(UnreadMemberMapper.class);
    List<NewEntry> newest = mapper.newest(groupId, firstSeq, lastSeq, ENTRIES_MAX);
    if (newest.isEmpty()) {
      return List.of();
    }
    var entries = new ArrayList<Mentioning>(newest.size());
    var ownLast = new HashMap<Long, Long>();
    for (NewEntry entry : newest) {
      entries.add(Mentioning.of(entry));
      ownLast.putIfAbsent(entry.senderId(), entry.seq());
    }
    var unread = new ArrayList<Unread>();
    for (Reader reader : mapper.readers(groupId)) {
      Unread of = unread(reader, entries, ownLast);
      if (of != null) {
        unread.add(of);
      }
    }
    return unread;
  }

  private static @Nullable Unread unread(
      Reader reader, List<Mentioning> newestFirst, Map<Long, Long> ownLast) {
    long after = Math.max(reader.afterSeq(), ownLast.getOrDefault(reader.userId(), 0L));
    int count = 0;
    boolean mentioned = false;
    for (Mentioning entry : newestFirst) {
      if (entry.seq <= after) {
        break;
      }
      count++;
      mentioned |= entry.names(reader.userId());
    }
    return count == 0 || (reader.doNotDisturb() && !mentioned)
        ? null
        : new Unread(reader.userId(), Math.min(count, Tally.CAP), mentioned);
  }

  private record Mentioning(long seq, Set<Long> userIds) {

    static Mentioning of(NewEntry entry) {
      List<Long> userIds = Mentions.parse(entry.mentions()).userIds();
      return new Mentioning(entry.seq(), userIds.isEmpty() ? Set.of() : new HashSet<>(userIds));
    }

    boolean names(long userId) {
      return !userIds.isEmpty()
          && (userIds.contains(userId) || userIds.contains(Mentions.EVERYBODY));
    }
  }
}
