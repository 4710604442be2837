package io.hongbao.message.history;

import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Fields;
import io.hongbao.message.PageBytes;
import io.hongbao.message.group.Standing;
import io.hongbao.message.history.HistoryRequest.ReadHistory;
import io.hongbao.message.log.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The answer to `message.history`.
///
/// @param messages ascending by `seq`
/// @param lastSeq the group's last entry
record HistoryPage(List<Message> messages, long lastSeq) {

  /// Entries read at once: what is read beyond a page's bytes is at most these.
  private static final int STEP = Fields.PAGE_DEFAULT;

  static HistoryPage read(
      Transaction transaction, long userId, ReadHistory request, Standing standing) {
    MessageMapper log = transaction.mapper(MessageMapper.class);
    Long after = request.afterSeq();
    Long before = request.beforeSeq();
    long first = standing.firstVisibleSeq();
    long last = standing.lastSeq();
    if (after != null) {
      first = Math.max(first, after == Long.MAX_VALUE ? after : after + 1);
    }
    if (before != null) {
      last = Math.min(last, before - 1);
    }
    List<Message> messages =
        after != null ? forwards(log, request, first, last) : backwards(log, request, first, last);
    return new HistoryPage(Reactions.ofStretch(transaction, userId, messages), standing.lastSeq());
  }

  private static List<Message> forwards(
      MessageMapper log, ReadHistory request, long first, long last) {
    var page = new ArrayList<Message>();
    var bytes = new PageBytes();
    long next = first;
    while (next <= last && page.size() < request.limit()) {
      int step = Math.min(STEP, request.limit() - page.size());
      for (Message message : log.oldest(request.groupId(), next, last, step)) {
        if (!bytes.take(message)) {
          return page;
        }
        page.add(message);
      }
      next += step;
    }
    return page;
  }

  private static List<Message> backwards(
      MessageMapper log, ReadHistory request, long first, long last) {
    var page = new ArrayList<Message>();
    var bytes = new PageBytes();
    long next = last;
    boolean full = false;
    while (!full && next >= first && page.size() < request.limit()) {
      int step = Math.min(STEP, request.limit() - page.size());
      for (Message message : log.newest(request.groupId(), first, next, step)) {
        full = full || !bytes.take(message);
        if (!full) {
          page.add(message);
        }
      }
      next -= step;
    }
    Collections.reverse(page);
    return page;
  }
}
