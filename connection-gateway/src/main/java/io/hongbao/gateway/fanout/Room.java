package io.hongbao.gateway.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group on one event loop: its connections here, and how far its log has come.
final class Room {

  private static final Recipient[] NOBODY = {};

  private final long groupId;
  private long lastSeq;
  private Recipient[] members = NOBODY;
  private int size;
  private int pendingEvents;
  private @Nullable ArrayList<ByteBuf> pending;
  private @Nullable HeldRuns held;

  /// @param lastSeq the entry up to which there is nothing to deliver
  Room(long groupId, long lastSeq) {
    this.groupId = groupId;
    this.lastSeq = lastSeq;
  }

  long groupId() {
    return groupId;
  }

  long lastSeq() {
    return lastSeq;
  }

  void advanceTo(long seq) {
    lastSeq = seq;
  }

  int size() {
    return size;
  }

  Recipient member(int position) {
    return members[position];
  }

  void add(Recipient recipient) {
    if (size == members.length) {
      members = Arrays.copyOf(members, Math.max(2, size + (size >> 1)));
    }
    members[size] = recipient;
    recipient.entered(this, size++);
  }

  /// The last member takes the place of who leaves.
  void remove(Recipient recipient) {
    int position = recipient.left(this);
    Recipient last = members[--size];
    if (position != size) {
      members[position] = last;
      last.moved(this, position);
    }
    shrinkAt(size);
  }

  /// Frames that go to all members at the end of the turn.
  ///
  /// @return whether they are the first of this turn
  boolean append(ByteBuf frames, int events) {
    boolean first = pending == null;
    if (pending == null) {
      pending = new ArrayList<>(4);
    }
    pending.add(frames);
    pendingEvents += events;
    return first;
  }

  int pendingEvents() {
    return pendingEvents;
  }

  /// All frames of this turn in one buffer, or null where there are none.
  @Nullable ByteBuf takePending(ByteBufAllocator allocator) {
    List<ByteBuf> parts = pending;
    pending = null;
    pendingEvents = 0;
    if (parts == null || parts.size() == 1) {
      return parts == null ? null : parts.getFirst();
    }
    int bytes = 0;
    for (ByteBuf part : parts) {
      bytes += part.readableBytes();
    }
    ByteBuf joined = allocator.directBuffer(bytes);
    for (ByteBuf part : parts) {
      joined.writeBytes(part, part.readerIndex(), part.readableBytes());
      part.release();
    }
    return joined;
  }

  /// Runs that came before an earlier one.
  @Nullable HeldRuns held() {
    return held;
  }

  HeldRuns hold(long deadlineNanos) {
    if (held == null) {
      held = new HeldRuns(deadlineNanos);
    }
    return held;
  }

  void heldNoMore() {
    held = null;
  }

  private void shrinkAt(int freed) {
    members[freed] = null;
    if (size == 0) {
      members = NOBODY;
    } else if (size * 4 < members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
  }
}
