package io.hongbao.redpacket.settle;

import io.hongbao.redpacket.ledger.Entry;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.Ledger.Booking;
import io.hongbao.redpacket.ledger.Transfer;
import io.hongbao.redpacket.packet.PacketDraft;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.PacketState;
import io.hongbao.redpacket.packet.RecordRow;
import io.hongbao.redpacket.store.Tables;
import java.util.ArrayList;
import java.util.List;

/// Books what a packet owes, under its row lock: every opened share to its user, and what nobody
/// opened back to the sender. The task leaves the outbox in the same transaction; the transfers'
/// keys let each movement happen once, whatever is delivered twice.
public final class Settlement {

  private final Ledger ledger;

  public Settlement(Ledger ledger) {
    this.ledger = ledger;
  }

  /// What was booked now.
  public List<Entry> settle(Tables tables, long packetId) {
    PacketRow row = tables.packets().lock(packetId);
    if (row == null) {
      throw new IllegalStateException("a task for no packet packetId=" + packetId);
    }
    if (row.isFrozen()) {
      throw new IllegalStateException("the packet is frozen packetId=" + packetId);
    }
    long now = tables.now();
    var packet = new PacketDraft(row);
    var transfers = new ArrayList<Transfer>();
    List<RecordRow> opened = tables.packets().unsettled(packetId);
    for (RecordRow record : opened) {
      transfers.add(Transfer.settle(packetId, record.userId(), amount(record)));
      packet.settle();
    }
    boolean refunds = row.state() == PacketState.EXPIRED;
    if (refunds) {
      transfers.add(Transfer.refund(packetId, row.senderId(), row.refundAmount()));
      packet.refund();
    }
    List<Entry> booked = book(tables, transfers, now);
    for (RecordRow record : opened) {
      tables.packets().settle(packetId, record.userId(), now);
    }
    tables.packets().update(packet.progress());
    tables.outbox().done(packetId, Topic.SETTLE);
    tables.outbox().done(packetId, Topic.REFUND);
    return booked;
  }

  private List<Entry> book(Tables tables, List<Transfer> transfers, long now) {
    return switch (ledger.book(tables.ledger(), transfers, now)) {
      case Booking.Booked(List<Entry> entries) -> entries;
      case Booking.Insufficient(var account) ->
          throw new IllegalStateException("escrow is short " + account);
    };
  }

  private static long amount(RecordRow record) {
    Long amount = record.amount();
    if (amount == null) {
      throw new IllegalStateException("opened without an amount userId=" + record.userId());
    }
    return amount;
  }
}
