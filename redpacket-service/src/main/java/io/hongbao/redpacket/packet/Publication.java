package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.GroupLog.Appended;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.error.Refusal;
import io.hongbao.redpacket.ledger.Entry;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.Ledger.Booking;
import io.hongbao.redpacket.ledger.Transfer;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.settle.Topic;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.store.Tables;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings a paid packet into its group's log and makes it active; or, where the log refuses it for
/// good, gives the money back. May be done again at any point: the entry's key, the packet's state
/// and the refund's key each let it happen once.
public final class Publication {

  private final Store store;
  private final GroupLog groups;
  private final Ledger ledger;
  private final WalletEvents events;
  private final Consumer<PacketRow> activated;

  /// @param activated is told of a packet that has become active, after the commit
  public Publication(
      Store store,
      GroupLog groups,
      Ledger ledger,
      WalletEvents events,
      Consumer<PacketRow> activated) {
    this.store = store;
    this.groups = groups;
    this.ledger = ledger;
    this.events = events;
    this.activated = activated;
  }

  /// Where a packet's entry is.
  public record Published(long messageId, long seq) {}

  /// Blocks. Refusals: those of [GroupLog#append]; after `unavailable` it is to be tried again,
  /// after any other the packet is cancelled and its money back.
  public Outcome<Published> publish(long packetId) {
    PacketRow packet = store.transact(tables -> tables.packets().lock(packetId));
    if (packet == null || packet.state() == PacketState.CANCELLED) {
      return Outcome.refused(ErrorCode.NOT_FOUND, "no such red packet");
    }
    Long seq = packet.entrySeq();
    if (seq != null) {
      return Outcome.done(new Published(packet.messageId(), seq));
    }
    if (packet.state() != PacketState.PAID) { // its time was over before its entry was written
      store.transact(tables -> withdraw(tables, packetId));
      return Outcome.refused(ErrorCode.NOT_FOUND, "this red packet has expired");
    }
    return switch (groups.append(Entries.packet(packet)).toCompletableFuture().join()) {
      case Done(Appended entry) -> activate(packet, entry);
      case Refused(Refusal refusal) -> {
        if (!isPassing(refusal)) {
          cancel(packetId);
        }
        yield Outcome.refused(refusal);
      }
    };
  }

  /// Whether the same entry may be taken later without anybody asking again.
  private static boolean isPassing(Refusal refusal) {
    return switch (refusal.code()) {
      case UNAVAILABLE, INTERNAL -> true;
      default -> false;
    };
  }

  private Outcome<Published> activate(PacketRow packet, Appended entry) {
    PacketRow active = store.transact(tables -> activate(tables, packet, entry.seq()));
    if (active == null) {
      return publish(packet.packetId()); // whoever was faster has decided
    }
    activated.accept(active);
    return Outcome.done(new Published(entry.messageId(), entry.seq()));
  }

  private static boolean withdraw(Tables tables, long packetId) {
    var _ = tables.packets().lock(packetId);
    tables.outbox().done(packetId, Topic.ENTRY);
    return true;
  }

  private static @Nullable PacketRow activate(Tables tables, PacketRow packet, long seq) {
    PacketRow row = tables.packets().lock(packet.packetId());
    if (row == null) {
      throw new IllegalStateException("packet is gone packetId=" + packet.packetId());
    }
    tables.outbox().done(row.packetId(), Topic.ENTRY);
    if (row.state() != PacketState.PAID) {
      return null;
    }
    var draft = new PacketDraft(row);
    draft.publish(seq);
    draft.load();
    tables.packets().update(draft.progress());
    return row;
  }

  private void cancel(long packetId) {
    events.booked(store.transact(tables -> cancel(tables, packetId)));
  }

  private List<Entry> cancel(Tables tables, long packetId) {
    PacketRow row = tables.packets().lock(packetId);
    if (row == null || row.state() != PacketState.PAID) {
      return List.of();
    }
    var draft = new PacketDraft(row);
    draft.cancel();
    tables.packets().update(draft.progress());
    tables.packets().forgetKey(packetId);
    tables.outbox().done(packetId, Topic.ENTRY);
    Transfer back = Transfer.refund(packetId, row.senderId(), row.totalAmount());
    return switch (ledger.book(tables.ledger(), List.of(back), tables.now())) {
      case Booking.Booked(List<Entry> entries) -> entries;
      case Booking.Insufficient(var account) ->
          throw new IllegalStateException("escrow is short " + account);
    };
  }
}
