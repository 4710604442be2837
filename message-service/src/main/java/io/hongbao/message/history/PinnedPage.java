package io.hongbao.message.history;

import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Cursor;
import io.hongbao.message.NumberRows;
import io.hongbao.message.PageBytes;
import io.hongbao.message.group.Standing;
import io.hongbao.message.history.HistoryRequest.ReadPinned;
import io.hongbao.message.history.PinMapper.PinRow;
import io.hongbao.message.log.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The answer to `message.pinned`: what was pinned last first.
record PinnedPage(List<Pinned> pinned, @Nullable String nextCursor) {

  /// @param userId who pinned it
  private record Pinned(Message message, long userId, long pinnedAt) {}

  static PinnedPage read(
      Transaction transaction, long userId, ReadPinned request, Standing standing) {
    Cursor cursor = request.cursor();
    List<PinRow> pins =
        transaction
            .mapper(PinMapper.class)
            .page(
                request.groupId(),
                cursor == null ? Long.MAX_VALUE : cursor.part(0),
                standing.firstVisibleSeq(),
                request.limit() + 1);
    if (pins.isEmpty()) {
      return new PinnedPage(List.of(), null);
    }
    Map<Long, Message> messages = messages(transaction, userId, request.groupId(), pins);
    var page = new ArrayList<Pinned>();
    var bytes = new PageBytes();
    for (PinRow pin : pins) {
      Message message = messages.get(pin.seq());
      if (message == null) {
        throw new IllegalStateException("an entry that is not there is pinned");
      }
      if (page.size() == request.limit() || !bytes.take(message)) {
        return new PinnedPage(page, new Cursor(pins.get(page.size() - 1).pinSeq()).text());
      }
      page.add(new Pinned(message, pin.pinnedBy(), pin.pinnedAt()));
    }
    return new PinnedPage(page, null);
  }

  private static Map<Long, Message> messages(
      Transaction transaction, long userId, long groupId, List<PinRow> pins) {
    var rows = new NumberRows();
    pins.forEach(pin -> rows.add(groupId, pin.seq()));
    List<Message> messages = transaction.mapper(MessageMapper.class).at(rows.json());
    return Reactions.ofEach(transaction, userId, messages).stream()
        .collect(Collectors.toMap(Message::seq, Function.identity()));
  }
}
