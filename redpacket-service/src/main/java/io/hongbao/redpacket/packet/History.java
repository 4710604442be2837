package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Cursor;
import io.hongbao.redpacket.packet.PacketReadMapper.HistoryRow;
import io.hongbao.redpacket.packet.PacketReadMapper.Span;
import io.hongbao.redpacket.packet.PacketReadMapper.Totals;
import io.hongbao.redpacket.packet.PacketRequest.Records;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packets that a user has sent or opened in a year. Years are those of UTC+8.
final class History {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private final Database database;

  History(Database database) {
    this.database = database;
  }

  record RecordsBody(
      long count,
      long totalFen,
      @Nullable Long bestCount,
      List<RecordBody> records,
      @Nullable String nextCursor) {}

  record RecordBody(
      long packetId,
      long groupId,
      PacketKind kind,
      long amountFen,
      long at,
      @Nullable Boolean best) {

    static RecordBody of(HistoryRow row) {
      return new RecordBody(
          row.packetId(),
          row.groupId(),
          row.kind(),
          row.amount(),
          row.at(),
          row.best() == 1 ? Boolean.TRUE : null);
    }
  }

  /// Blocks; in a turn.
  Reply records(Caller caller, Records asked) {
    return database.transact(tx -> records(tx, asked, span(caller.userId(), asked)));
  }

  private static Reply records(Transaction tx, Records asked, Span span) {
    PacketReadMapper packets = tx.mapper(PacketReadMapper.class);
    List<HistoryRow> rows = asked.sent() ? packets.sent(span) : packets.received(span);
    Totals totals = asked.sent() ? packets.sentTotals(span) : packets.receivedTotals(span);
    List<HistoryRow> page = rows.subList(0, Math.min(asked.limit(), rows.size()));
    String next =
        rows.size() > asked.limit()
            ? new Cursor(page.getLast().at(), page.getLast().packetId()).text()
            : null;
    return Reply.of(
        new RecordsBody(
            totals.count(),
            totals.total(),
            asked.sent() ? null : Long.valueOf(totals.best()),
            page.stream().map(RecordBody::of).toList(),
            next));
  }

  private static Span span(long userId, Records asked) {
    Cursor cursor = asked.cursor();
    return new Span(
        userId,
        startOf(asked.year()),
        startOf(asked.year() + 1),
        cursor == null ? Long.MAX_VALUE : cursor.part(0),
        cursor == null ? Long.MAX_VALUE : cursor.part(1),
        asked.limit() + 1);
  }

  private static long startOf(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZONE).toEpochMilli();
  }
}
