package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Members;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.common.wire.Cursor;
import io.hongbao.redpacket.packet.PacketBody.Claim;
import io.hongbao.redpacket.packet.PacketBody.Packet;
import io.hongbao.redpacket.packet.PacketRequest.Get;
import io.hongbao.redpacket.store.ClockMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows a packet: to members with its claims, to its sender and to who has a place otherwise
/// without. The amounts of others show once one has opened, or is the sender, or it is over.
final class Details {

  private final Database database;
  private final Queries queries;
  private final GroupLog groups;

  Details(Database database, Queries queries, GroupLog groups) {
    this.database = database;
    this.queries = queries;
    this.groups = groups;
  }

  private record Found(PacketRow row, @Nullable RecordRow mine, List<RecordRow> page, long now) {}

  /// Blocks.
  Reply get(Caller caller, Get asked) {
    Found found = queries.turn(() -> database.transact(tx -> find(tx, caller.userId(), asked)));
    if (found == null) {
      return Claims.reply(ClaimRules.NOT_FOUND);
    }
    PacketRow row = found.row;
    return switch (groups
        .membersAmong(row.groupId(), List.of(caller.userId()))
        .toCompletableFuture()
        .join()) {
      case Refused(Refusal refusal) -> Reply.refused(refusal);
      case Done(Members members) -> {
        boolean member = members.userIds().contains(caller.userId());
        boolean sender = row.senderId() == caller.userId();
        yield member || sender || found.mine != null
            ? Reply.of(body(found, member, sender, asked.limit()))
            : Claims.reply(ClaimRules.NOT_A_MEMBER);
      }
    };
  }

  private static @Nullable Found find(Transaction tx, long userId, Get asked) {
    PacketReadMapper packets = tx.mapper(PacketReadMapper.class);
    PacketRow row = packets.packet(asked.packetId());
    if (row == null || row.state() == PacketState.CANCELLED) {
      return null;
    }
    Cursor cursor = asked.cursor();
    long after = cursor == null ? -1 : cursor.part(0);
    return new Found(
        row,
        packets.record(row.packetId(), userId),
        packets.records(row.packetId(), after, asked.limit() + 1),
        tx.mapper(ClockMapper.class).now());
  }

  private static PacketBody body(Found found, boolean member, boolean sender, int limit) {
    PacketRow row = found.row;
    RecordRow mine = found.mine;
    boolean over = row.isFinished() || row.isDue(found.now) || !row.state().isLiving();
    boolean amounts = sender || over || (mine != null && PacketReadMapper.isOpened(mine));
    List<RecordRow> page =
        member ? found.page.subList(0, Math.min(limit, found.page.size())) : List.of();
    boolean more = member && found.page.size() > limit;
    return new PacketBody(
        Packet.of(row, found.now),
        mine == null ? null : Claim.of(mine, row, true),
        page.stream().map(record -> Claim.of(record, row, amounts)).toList(),
        more ? new Cursor(page.getLast().seq()).text() : null);
  }
}
