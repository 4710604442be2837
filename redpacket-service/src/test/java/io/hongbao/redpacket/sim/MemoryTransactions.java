package io.hongbao.redpacket.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.redpacket.ledger.Account;
import io.hongbao.redpacket.ledger.LedgerMapper;
import io.hongbao.redpacket.ledger.LedgerMapper.EntryRow;
import io.hongbao.redpacket.ledger.TopupMapper;
import io.hongbao.redpacket.packet.PacketMapper;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.PacketState;
import io.hongbao.redpacket.packet.RecordRow;
import io.hongbao.redpacket.packet.RecordRow.RecordState;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.settle.OutboxMapper;
import io.hongbao.redpacket.store.Tables;
import io.hongbao.redpacket.store.Transactions;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A database in memory: whole transactions or nothing of them, keys and checks as in the tables.
/// Checks every rule of money after each commit.
public final class MemoryTransactions implements Transactions {

  private final LongSupplier clock;
  private MemoryState state = new MemoryState();

  public MemoryTransactions(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public <T extends @Nullable Object> T transact(Function<Tables, T> work) {
    MemoryState next = state.copy();
    T result = work.apply(new MemoryTables(next, clock));
    state = next;
    next.packets.values().forEach(this::check);
    checkLedger();
    return result;
  }

  /// Whether every packet has ended and nothing waits.
  public boolean isSettled() {
    return state.tasks.isEmpty()
        && state.packets.values().stream()
            .map(PacketRow::state)
            .allMatch(
                it ->
                    it == PacketState.CLOSED
                        || it == PacketState.REFUNDED
                        || it == PacketState.CANCELLED);
  }

  @Override
  public String toString() {
    return state.packets.values() + " " + state.tasks;
  }

  private void checkLedger() {
    assertThat(state.accounts.values().stream().mapToLong(it -> it.balance()).sum()).isZero();
    state
        .accounts
        .values()
        .forEach(
            account -> {
              var own =
                  state.entries.stream()
                      .filter(it -> it.accountId() == account.accountId())
                      .toList();
              assertThat(own.stream().mapToLong(EntryRow::delta).sum())
                  .isEqualTo(account.balance());
              assertThat((long) own.size()).isEqualTo(account.version());
            });
  }

  private void check(PacketRow packet) {
    Collection<RecordRow> records = state.recordsOf(packet.packetId()).values();
    assertThat(packet.taken()).isEqualTo(records.size());
    assertThat(packet.opened())
        .isEqualTo((int) records.stream().filter(it -> it.amount() != null).count());
    assertThat(packet.openedAmount())
        .isEqualTo(records.stream().mapToLong(MemoryTransactions::amount).sum());
    assertThat(packet.bestAmount())
        .isEqualTo(records.stream().mapToLong(MemoryTransactions::amount).max().orElse(0));
    long booked =
        records.stream()
            .filter(it -> it.state() == RecordState.SETTLED)
            .mapToLong(MemoryTransactions::amount)
            .sum();
    boolean back =
        packet.state() == PacketState.REFUNDED || packet.state() == PacketState.CANCELLED;
    assertThat(escrow(packet))
        .isEqualTo(packet.totalAmount() - booked - (back ? packet.refundAmount() : 0));
    for (RecordRow record : records) {
      String key = "rp:s:" + packet.packetId() + ":" + record.userId();
      assertThat(state.transfers.containsKey(key)).isEqualTo(record.state() == RecordState.SETTLED);
    }
    if (packet.split() == SplitTime.PRESET) {
      var shares = state.shares.getOrDefault(packet.packetId(), Map.of());
      assertThat(shares).hasSize(packet.shareCount());
      assertThat(shares.values().stream().mapToLong(it -> it).sum())
          .isEqualTo(packet.totalAmount());
    }
    if (!packet.state().isLiving()) {
      assertThat(packet.openedAmount() + packet.refundAmount()).isEqualTo(packet.totalAmount());
    }
  }

  private long escrow(PacketRow packet) {
    return state.accountIds.entrySet().stream()
        .filter(it -> it.getKey().equals(Account.escrow(packet.packetId())))
        .mapToLong(it -> new MemoryLedger(state).lock(it.getValue()).balance())
        .sum();
  }

  private static long amount(RecordRow record) {
    return record.amount() == null ? 0 : record.amount();
  }

  private record MemoryTables(MemoryState state, LongSupplier clock) implements Tables {

    @Override
    public long now() {
      return clock.getAsLong();
    }

    @Override
    public LedgerMapper ledger() {
      return new MemoryLedger(state);
    }

    @Override
    public TopupMapper topups() {
      throw new UnsupportedOperationException("no top-ups here");
    }

    @Override
    public PacketMapper packets() {
      return new MemoryPackets(state);
    }

    @Override
    public OutboxMapper outbox() {
      return new MemoryOutbox(state);
    }
  }
}
