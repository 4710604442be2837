package io.hongbao.message.conversation;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import io.hongbao.message.conversation.ReadMark.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes many read marks in one transaction and a fixed number of statements: one reads the heads,
/// one moves the marks; up to two more where a mark is before its group's last counting entry.
final class ReadMarkBatch {

  private final Transaction transaction;

  ReadMarkBatch(Transaction transaction) {
    this.transaction = transaction;
  }

  /// @param moved whether the mark is further than it was
  record Marked(Outcome<Written> outcome, boolean moved) {}

  /// What became of each mark, by its key.
  ///
  /// @param marks at most [NumberRows#MAX], of different keys, in the keys' order
  Map<MemberKey, Marked> write(List<ReadMark> marks) {
    Map<MemberKey, Head> heads = heads(marks);
    var results = new HashMap<MemberKey, Marked>();
    var accepted = new ArrayList<Change>();
    for (ReadMark mark : marks) {
      switch (change(mark, heads.get(mark.key()))) {
        case Refused(var refusal) ->
            results.put(mark.key(), new Marked(Outcome.refused(refusal), false));
        case Done(var change) -> accepted.add(change);
      }
    }
    List<Tally> tallies =
        new Unread(transaction).tallies(accepted.stream().map(Change::after).toList());
    move(accepted);
    for (int i = 0; i < accepted.size(); i++) {
      Change change = accepted.get(i);
      Tally tally = tallies.get(i);
      var written = new Written(tally.readSeq(), tally.unread());
      results.put(change.key(), new Marked(Outcome.done(written), change.moves()));
    }
    return results;
  }

  private Map<MemberKey, Head> heads(List<ReadMark> marks) {
    var rows = new NumberRows();
    marks.forEach(mark -> rows.add(mark.key().groupId(), mark.key().userId()));
    return transaction.mapper(HeadMapper.class).ofPairs(rows.json()).stream()
        .collect(Collectors.toMap(MemberKey::of, Function.identity()));
  }

  private void move(List<Change> changes) {
    List<Change> moving = changes.stream().filter(Change::moves).toList();
    if (!moving.isEmpty()) {
      var rows = new NumberRows();
      for (Change change : moving) {
        rows.add(change.key().groupId(), change.key().userId(), change.after().readSeq());
      }
      transaction.mapper(StateMapper.class).moveReadMarks(rows.json());
    }
  }

  /// Refusals: `not_found`, `not_a_member`, `group_dissolved`.
  private static Outcome<Change> change(ReadMark mark, @Nullable Head head) {
    if (head == null) {
      return Outcome.refused(ErrorCode.NOT_FOUND, "there is no such group");
    }
    if (!head.isMember()) {
      return Outcome.refused(ErrorCode.NOT_A_MEMBER, "not a member of this group");
    }
    var change = new Change(head, head.readUpTo(Math.min(mark.seq(), head.lastSeq())));
    return head.dissolved() && change.moves()
        ? Outcome.refused(ErrorCode.GROUP_DISSOLVED, "this group was dissolved")
        : Outcome.done(change);
  }

  private record Change(Head before, Head after) {

    MemberKey key() {
      return MemberKey.of(after);
    }

    boolean moves() {
      return after.readSeq() > before.readSeq();
    }
  }
}
