package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.packet.PacketMapper.Progress;
import org.jspecify.annotations.Nullable;

/// A packet whose row is locked, as a transaction goes on. Every edge of its life is a method here,
/// and refuses to start anywhere else. Used by one thread.
public final class PacketDraft {

  private final PacketRow row;
  private int taken;
  private int opened;
  private int settled;
  private long openedAmount;
  private long refundAmount;
  private @Nullable Long bestUser;
  private long bestAmount;
  private PacketState state;
  private int loadEpoch;
  private @Nullable Long entrySeq;
  private @Nullable Long finishedAt;
  private @Nullable Long finishedBy;

  public PacketDraft(PacketRow row) {
    this.row = row;
    this.taken = row.taken();
    this.opened = row.opened();
    this.settled = row.settled();
    this.openedAmount = row.openedAmount();
    this.refundAmount = row.refundAmount();
    this.bestUser = row.bestUser();
    this.bestAmount = row.bestAmount();
    this.state = row.state();
    this.loadEpoch = row.loadEpoch();
    this.entrySeq = row.entrySeq();
    this.finishedAt = row.finishedAt();
    this.finishedBy = row.finishedBy();
  }

  /// What does not change.
  public PacketRow row() {
    return row;
  }

  public PacketState state() {
    return state;
  }

  public int taken() {
    return taken;
  }

  public int loadEpoch() {
    return loadEpoch;
  }

  public int unopened() {
    return row.shareCount() - opened;
  }

  /// What is in no opened share yet.
  public long unopenedFen() {
    return row.totalAmount() - openedAmount;
  }

  public boolean isFull() {
    return taken == row.shareCount();
  }

  boolean isDue(long now) {
    return state.isLiving() && now >= row.expireAt();
  }

  /// PAID → ACTIVE: its entry is in the log.
  public void publish(long seq) {
    require(state == PacketState.PAID);
    state = PacketState.ACTIVE;
    entrySeq = seq;
  }

  /// PAID → CANCELLED: its entry never will be.
  public void cancel() {
    require(state == PacketState.PAID && taken == 0);
    state = PacketState.CANCELLED;
    refundAmount = row.totalAmount();
  }

  /// Takes the next place.
  int take() {
    require(state == PacketState.ACTIVE && !isFull());
    int place = taken++;
    if (isFull()) {
      state = PacketState.EXHAUSTED;
    }
    return place;
  }

  /// Opens a place that is taken.
  void open(long userId, long amountFen, long now) {
    require(state == PacketState.ACTIVE || state == PacketState.EXHAUSTED);
    require(opened < taken && amountFen >= 1 && amountFen <= unopenedFen());
    opened++;
    openedAmount += amountFen;
    if (amountFen > bestAmount) {
      bestAmount = amountFen;
      bestUser = userId;
    }
    if (opened == row.shareCount()) {
      require(openedAmount == row.totalAmount());
      state = PacketState.FINISHED;
      finishedAt = now;
      finishedBy = userId;
    }
  }

  /// The time is over: what is not opened goes back.
  void expire() {
    require(state.isLiving());
    state = PacketState.EXPIRED;
    refundAmount = unopenedFen();
  }

  /// An opened share is in the wallet.
  public void settle() {
    require(settled < opened);
    settled++;
    if (state == PacketState.FINISHED && settled == row.shareCount()) {
      state = PacketState.CLOSED;
    }
  }

  /// EXPIRED → REFUNDED: what goes back is booked.
  public void refund() {
    require(state == PacketState.EXPIRED);
    state = PacketState.REFUNDED;
  }

  /// Counts a new filling of the tickets.
  public void load() {
    loadEpoch++;
  }

  /// As it is to be written.
  public Progress progress() {
    return new Progress(
        row.packetId(),
        taken,
        opened,
        settled,
        openedAmount,
        refundAmount,
        bestUser,
        bestAmount,
        state,
        loadEpoch,
        entrySeq,
        finishedAt,
        finishedBy);
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException(
          "no such step packetId="
              + row.packetId()
              + " state="
              + state
              + " taken="
              + taken
              + " opened="
              + opened
              + " settled="
              + settled);
    }
  }
}
