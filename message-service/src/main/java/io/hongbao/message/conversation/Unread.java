package io.hongbao.message.conversation;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import io.hongbao.message.conversation.TallyMapper.Marks;
import io.hongbao.message.conversation.TallyMapper.Recalled;
import io.hongbao.message.conversation.TallyMapper.RecalledRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Derives unread from the log.
///
/// Entries carry the running number of countable entries, so for a member whose floor is the largest
/// of read mark, join point and own last counting entry
///
///     unread = counted(last entry) - counted(floor) - entries recalled behind the floor
///
/// and nothing of it is ever counted up or down. Nothing of one's own is behind the floor. A tally is
/// exactly that of the head's `lastSeq`, even where the log has grown since: it is a function of
/// `lastSeq`, read mark and join point alone, which is what makes it fit to be cached.
final class Unread {

  private final TallyMapper mapper;

  Unread(Transaction transaction) {
    this.mapper = transaction.mapper(TallyMapper.class);
  }

  /// One tally for each head, in their order: no statement where all is read, else two for up to
  /// [NumberRows#MAX] heads.
  List<Tally> tallies(List<Head> heads) {
    List<Head> open = heads.stream().filter(head -> !head.isReadWholly()).toList();
    var counts = new ArrayList<Count>(open.size());
    for (int from = 0; from < open.size(); from += NumberRows.MAX) {
      counts.addAll(counts(open.subList(from, Math.min(open.size(), from + NumberRows.MAX))));
    }
    Map<Long, List<Recalled>> recalled = recalledBehind(counts);
    var rest = counts.iterator();
    return heads.stream()
        .map(
            head ->
                head.isReadWholly()
                    ? Tally.nothingUnread(head.readSeq())
                    : rest.next().tally(recalled))
        .toList();
  }

  private List<Count> counts(List<Head> heads) {
    var rows = new NumberRows();
    for (Head head : heads) {
      rows.add(head.groupId(), head.userId(), floorWithoutOwn(head), head.lastSeq());
    }
    List<Marks> marks = mapper.marks(rows.json());
    var counts = new ArrayList<Count>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      counts.add(new Count(heads.get(i), marks.get(i)));
    }
    return counts;
  }

  /// By group, what was recalled behind the lowest floor of those for whom it can matter.
  private Map<Long, List<Recalled>> recalledBehind(List<Count> counts) {
    var floors = new HashMap<Long, Long>();
    for (Count count : counts) {
      if (count.needsRecalled()) {
        floors.merge(count.head().groupId(), count.floor(), Math::min);
      }
    }
    List<RecalledRange> ranges =
        floors.entrySet().stream()
            .map(floor -> new RecalledRange(floor.getKey(), floor.getValue()))
            .toList();
    var recalled = new HashMap<Long, List<Recalled>>();
    for (int from = 0; from < ranges.size(); from += RecalledSql.RANGES_MAX) {
      int to = Math.min(ranges.size(), from + RecalledSql.RANGES_MAX);
      for (Recalled entry : mapper.recalled(ranges.subList(from, to))) {
        recalled.computeIfAbsent(entry.groupId(), _ -> new ArrayList<>()).add(entry);
      }
    }
    return recalled;
  }

  private static long floorWithoutOwn(Head head) {
    return Math.max(head.readSeq(), head.joinSeq());
  }

  /// A head with all that was looked up for it but the recalled entries.
  private record Count(Head head, Marks marks) {

    long floor() {
      return Math.max(floorWithoutOwn(head), marks.ownSeq());
    }

    long countable() {
      return head.counted() - marks.countedAtFloor();
    }

    boolean needsRecalled() {
      return countable() > 0 && marks.recalledSeq() > floor();
    }

    Tally tally(Map<Long, List<Recalled>> recalled) {
      long takenBack =
          needsRecalled()
              ? recalled.getOrDefault(head.groupId(), List.of()).stream()
                  .filter(entry -> entry.seq() > floor() && entry.recallSeq() <= head.lastSeq())
                  .count()
              : 0;
      return new Tally(
          Math.max(head.readSeq(), marks.ownSeq()),
          Math.clamp(countable() - takenBack, 0, Tally.CAP),
          marks.mentionSeq() > floor());
    }
  }
}
