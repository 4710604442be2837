package io.hongbao.message.conversation;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupRow;
import io.hongbao.message.group.Role;
import io.hongbao.message.history.MessageMapper;
import io.hongbao.message.log.JsonLists;
import io.hongbao.message.log.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes [Conversation]s out of heads and tallies: two statements for any number of them.
///
/// The heads are to be read in the same [io.hongbao.common.sql.Database#snapshot]: a conversation's
/// member count, role, unread and last message are all of one `lastSeq`.
final class ConversationView {

  private final GroupMapper groups;
  private final MessageMapper log;

  ConversationView(Transaction transaction) {
    this.groups = transaction.mapper(GroupMapper.class);
    this.log = transaction.mapper(MessageMapper.class);
  }

  /// One conversation for each head, in their order; the heads are those of members.
  ///
  /// @param heads at most [NumberRows#MAX]
  List<Conversation> of(List<Head> heads, List<Tally> tallies) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<Long, GroupRow> rows = groupRows(heads);
    Map<Entry, Message> messages = lastMessages(heads);
    return IntStream.range(0, heads.size())
        .mapToObj(i -> conversation(heads.get(i), tallies.get(i), rows, messages))
        .toList();
  }

  private static GroupRow row(Map<Long, GroupRow> rows, Head head) {
    return Objects.requireNonNull(rows.get(head.groupId()), "groups are never deleted");
  }

  private static Conversation conversation(
      Head head, Tally tally, Map<Long, GroupRow> rows, Map<Entry, Message> messages) {
    Role role = Objects.requireNonNull(head.role(), "a member's");
    return new Conversation(
        row(rows, head).group(),
        role,
        head.lastSeq(),
        tally.readSeq(),
        tally.unread(),
        tally.unreadText(),
        tally.mentioned(),
        head.pinned(),
        head.doNotDisturb(),
        messages.get(Entry.of(head)));
  }

  private Map<Long, GroupRow> groupRows(List<Head> heads) {
    List<Long> ids = heads.stream().map(Head::groupId).distinct().toList();
    return groups.groups(JsonLists.ids(ids)).stream()
        .collect(Collectors.toMap(GroupRow::groupId, Function.identity()));
  }

  private Map<Entry, Message> lastMessages(List<Head> heads) {
    var rows = new NumberRows();
    var seen = new HashSet<Entry>();
    for (Head head : heads) {
      Entry entry = Entry.of(head);
      if (entry.seq() > 0 && seen.add(entry)) {
        rows.add(entry.groupId(), entry.seq());
      }
    }
    return seen.isEmpty()
        ? Map.of()
        : log.at(rows.json()).stream()
            .collect(
                Collectors.toMap(
                    message -> new Entry(message.groupId(), message.seq()), Function.identity()));
  }

  private record Entry(long groupId, long seq) {

    static Entry of(Head head) {
      return new Entry(head.groupId(), head.visibleMessageSeq());
    }
  }
}
