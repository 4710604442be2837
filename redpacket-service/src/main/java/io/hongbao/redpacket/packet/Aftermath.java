package io.hongbao.redpacket.packet;

import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.contract.Delivery.PacketCrowd;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Event;
import io.hongbao.redpacket.packet.PacketMapper.Progress;
import io.hongbao.redpacket.ticket.Filling;
import io.hongbao.redpacket.ticket.Filling.Final;
import io.hongbao.redpacket.ticket.Tickets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What follows on a committed batch and may be lost: live events, the tickets, the bell.
public final class Aftermath {

  /// How long tickets outlive their packet.
  private static final Duration TICKETS_KEPT = Duration.ofHours(1);

  private final PacketViews views;
  private final Push push;
  private final Tickets tickets;
  private final LongConsumer bell;
  private final Clock clock;

  /// @param bell wakes whoever books; takes the packet
  public Aftermath(PacketViews views, Push push, Tickets tickets, LongConsumer bell, Clock clock) {
    this.views = views;
    this.push = push;
    this.tickets = tickets;
    this.bell = bell;
    this.clock = clock;
  }

  record PacketChanged(
      long packetId,
      long groupId,
      PacketState.Status status,
      int claimedCount,
      int openedCount,
      int count) {}

  /// A packet has become active: what the first one needs is there before he comes.
  public void activated(PacketRow row) {
    views.put(PacketView.of(row));
    fill(row, new Filling(row.loadEpoch() + 1, row.shareCount(), Final.OPEN, List.of()));
    push.publish(
        new PacketCrowd(row.groupId(), row.packetId(), row.shareCount(), row.shareCount(), null));
  }

  void committed(Batch batch) {
    PacketRow row = batch.row();
    Progress after = batch.after();
    if (row == null || after == null) {
      return;
    }
    if (batch.tasks()) {
      bell.accept(row.packetId());
    }
    tellOpenings(row, after, batch.openers());
    fill(row, after, batch);
    tellGateways(row, after, batch.takers());
  }

  private void tellOpenings(PacketRow row, Progress after, List<Long> openers) {
    int opened = after.opened() - openers.size();
    for (long opener : openers) {
      opened++;
      List<Long> told = LongStream.of(row.senderId(), opener).distinct().boxed().toList();
      push.publish(new UserSignal(told, 0, event(row, after, opened)));
    }
    if (after.state() == PacketState.FINISHED && !openers.isEmpty()) {
      push.publish(new GroupSignal(row.groupId(), 0, event(row, after, after.opened())));
    }
  }

  private void tellGateways(PacketRow row, Progress after, @Nullable List<Long> takers) {
    if (isNews(row, after)) {
      int left = row.shareCount() - after.taken();
      push.publish(new PacketCrowd(row.groupId(), row.packetId(), row.shareCount(), left, takers));
    }
  }

  private static byte[] event(PacketRow row, Progress after, int opened) {
    var changed =
        new PacketChanged(
            row.packetId(),
            row.groupId(),
            after.state().status(),
            after.taken(),
            opened,
            row.shareCount());
    return new Event("redpacket", changed).bytes();
  }

  private void fill(PacketRow row, Progress after, Batch batch) {
    List<Long> takers = batch.takers();
    if (takers != null && isNews(row, after)) {
      Final end = batch.isEmpty() ? Final.EMPTY : Final.EXPIRED;
      fill(row, new Filling(after.loadEpoch(), 0, end, takers));
    } else if (batch.load() != null) {
      Batch.Load load = batch.load();
      fill(row, new Filling(load.epoch(), load.tickets(), Final.OPEN, load.takers()));
    }
  }

  /// Whether this batch has taken the last place or ended the packet, or was to fill the tickets.
  private static boolean isNews(PacketRow row, Progress after) {
    return after.taken() != row.taken() || after.state() != row.state();
  }

  private void fill(PacketRow row, Filling filling) {
    long left = Math.max(0, row.expireAt() - clock.millis());
    var _ = tickets.load(row.packetId(), filling, Duration.ofMillis(left).plus(TICKETS_KEPT));
  }
}
