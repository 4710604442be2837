package io.hongbao.message.conversation;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Cursor;
import io.hongbao.message.conversation.ConversationRequest.FindReaders;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to `message.readers`: who has read up to an entry, or who has not.
///
/// Asked about are today's members to whom the entry is visible: under `since_join` those who had
/// joined by then, under `all` the later ones too, who can read it like everybody. The sender is in
/// neither list. Costs one row a member, whatever the log's length.
///
/// @param userIds ascending
record Readers(int readCount, int unreadCount, List<Long> userIds, @Nullable String nextCursor) {

  static Reply find(Transaction transaction, FindReaders request, Standing standing) {
    ReaderMapper mapper = transaction.mapper(ReaderMapper.class);
    Long senderId =
        request.seq() >= standing.firstVisibleSeq()
            ? mapper.sender(request.groupId(), request.seq())
            : null;
    if (senderId == null) {
      return Reply.refused(ErrorCode.NOT_FOUND, "there is no such entry");
    }
    long joinedBy =
        standing.historyPolicy() == HistoryPolicy.SINCE_JOIN ? request.seq() : Long.MAX_VALUE;
    return Reply.of(
        of(mapper.readers(request.groupId(), request.seq(), senderId, joinedBy), request));
  }

  private static Readers of(List<ReaderMapper.Reader> members, FindReaders request) {
    List<Long> all =
        members.stream()
            .filter(member -> member.hasRead() == request.read())
            .map(ReaderMapper.Reader::userId)
            .toList();
    int readCount = request.read() ? all.size() : members.size() - all.size();
    long after = request.cursor() == null ? -1 : request.cursor().part(0);
    List<Long> rest = all.stream().filter(userId -> userId > after).toList();
    List<Long> page = rest.subList(0, Math.min(rest.size(), request.limit()));
    String nextCursor = page.size() < rest.size() ? new Cursor(page.getLast()).text() : null;
    return new Readers(readCount, members.size() - readCount, page, nextCursor);
  }
}
