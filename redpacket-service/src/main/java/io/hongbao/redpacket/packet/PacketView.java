package io.hongbao.redpacket.packet;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What this process knows of a packet without asking: what never changes, and, once MySQL has
/// committed it, that no place is to be had any more. Any number of threads.
public final class PacketView {

  private final long packetId;
  private final long groupId;
  private final @Nullable Long recipientId;
  private final long expireAt;
  private final AtomicInteger askingForTickets = new AtomicInteger();
  private volatile @Nullable Over over;
  private volatile long lastBatchNanos = System.nanoTime();

  PacketView(long packetId, long groupId, @Nullable Long recipientId, long expireAt) {
    this.packetId = packetId;
    this.groupId = groupId;
    this.recipientId = recipientId;
    this.expireAt = expireAt;
  }

  static PacketView of(PacketRow row) {
    return new PacketView(row.packetId(), row.groupId(), row.recipientId(), row.expireAt());
  }

  /// That no place is to be had any more.
  ///
  /// @param reply what all but the takers are told, for ever
  /// @param takers who has a place
  record Over(ClaimReply reply, Set<Long> takers) {}

  long packetId() {
    return packetId;
  }

  long groupId() {
    return groupId;
  }

  long expireAt() {
    return expireAt;
  }

  boolean isFor(long userId) {
    return recipientId == null || recipientId == userId;
  }

  @Nullable Over over() {
    return over;
  }

  /// One more waits for what the tickets say.
  void asksForTicket() {
    askingForTickets.incrementAndGet();
  }

  /// One of them has heard, and what it asks for is queued if anything is.
  void hasHeard() {
    askingForTickets.decrementAndGet();
  }

  boolean isAskedForTickets() {
    return askingForTickets.get() > 0;
  }

  /// Takes in what a batch has committed.
  void committed(Batch batch) {
    lastBatchNanos = System.nanoTime();
    List<Long> takers = batch.takers();
    if (takers != null && over == null && batch.after() != null) {
      over = new Over(batch.isEmpty() ? ClaimReply.EMPTY : ClaimReply.EXPIRED, Set.copyOf(takers));
    }
  }

  long quietNanos() {
    return System.nanoTime() - lastBatchNanos;
  }
}
