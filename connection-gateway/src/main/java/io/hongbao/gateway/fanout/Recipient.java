package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.frame.EventFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection as the fan-out sees it: the way out to its socket, its rooms, and what it missed.
/// Belongs to its event loop.
///
/// What waits to be written is bounded. **Events of a group** are left out while the connection is
/// not writable (its write-buffer mark is reached): the group is remembered, up to [#BEHIND_MAX]
/// groups, beyond that all of them, and told by `resync` when the connection has drained. **Events
/// for the user** are few and nothing repeats them, so they may go up to [#USER_EVENTS_BYTES_MAX]
/// beyond the mark, replies up to [#REPLIES_BYTES_MAX]; a connection that reaches those bounds is
/// closed with 4008.
public final class Recipient {

  static final int BEHIND_MAX = 64;
  static final int USER_EVENTS_BYTES_MAX = 512 * 1024;
  static final int REPLIES_BYTES_MAX = 16 * 1024 * 1024;

  private static final Room[] NO_ROOMS = {};
  private static final int[] NO_POSITIONS = {};

  private final ChannelHandlerContext out;
  private final Connection connection;
  private final Hub hub;

  /// 0 before it arrives and after it departs.
  private long userId;

  private long sessionId;
  private boolean open;
  private boolean touched;
  private boolean behindAll;
  private int roomCount;
  private Room[] rooms = NO_ROOMS;
  private int[] positions = NO_POSITIONS;
  private @Nullable ArrayList<Room> behind;
  private @Nullable ArrayList<EarlyChange> early;
  private @Nullable Recipient nextOfUser;

  /// @param out the context from which writes go straight to the socket
  public Recipient(ChannelHandlerContext out, Connection connection, Hub hub) {
    this.out = out;
    this.connection = connection;
    this.hub = hub;
  }

  /// A change of the user's groups that came while the session was being opened.
  record EarlyChange(long groupId, long base, MembershipChange change) {}

  /// Live events go out from now on.
  public void open(long sessionId) {
    this.sessionId = sessionId;
    this.open = true;
  }

  public boolean isWritable() {
    return out.channel().isWritable();
  }

  /// Writes a reply, or anything else that was asked for.
  public void write(ByteBuf frame) {
    if (out.channel().bytesBeforeWritable() > REPLIES_BYTES_MAX) {
      frame.release();
      connection.close(CloseCode.TOO_SLOW);
      return;
    }
    send(frame);
  }

  /// Writes an event for the user.
  void signal(ByteBuf sharedFrame) {
    if (out.channel().bytesBeforeWritable() > USER_EVENTS_BYTES_MAX) {
      connection.close(CloseCode.TOO_SLOW);
      return;
    }
    send(sharedFrame.retainedDuplicate());
  }

  /// Writes events of a room, or remembers that they were left out.
  ///
  /// @return whether they were written
  boolean offer(ByteBuf sharedFrames, Room room) {
    if (isBehind() || !isWritable()) {
      remember(room);
      return false;
    }
    send(sharedFrames.retainedDuplicate());
    return true;
  }

  /// Writes an event that nobody misses, where there is room for it.
  boolean offer(ByteBuf sharedFrame) {
    if (isBehind() || !isWritable()) {
      return false;
    }
    send(sharedFrame.retainedDuplicate());
    return true;
  }

  /// Tells what was left out, now that the connection has drained.
  ///
  /// @return how many groups were told
  public int catchUp() {
    if (!isBehind() || !isWritable()) {
      return 0;
    }
    List<Room> missed = behind != null ? behind : List.of(Arrays.copyOf(rooms, roomCount));
    behind = null;
    behindAll = false;
    for (Room room : missed) {
      send(EventFrame.resync(out.alloc(), room.groupId(), room.lastSeq()));
    }
    return missed.size();
  }

  public boolean isBehind() {
    return behindAll || behind != null;
  }

  void flush() {
    touched = false;
    out.flush();
  }

  private void send(ByteBuf frame) {
    var _ = out.write(frame, out.voidPromise());
    if (!touched) {
      touched = true;
      hub.flushLater(this);
    }
  }

  private void remember(Room room) {
    if (behindAll) {
      return;
    }
    if (behind == null) {
      behind = new ArrayList<>(2);
    } else if (behind.contains(room)) {
      return;
    }
    if (behind.size() == BEHIND_MAX) {
      behind = null;
      behindAll = true;
    } else {
      behind.add(room);
    }
  }

  boolean isOpen() {
    return open;
  }

  long userId() {
    return userId;
  }

  long sessionId() {
    return sessionId;
  }

  Connection connection() {
    return connection;
  }

  int roomCount() {
    return roomCount;
  }

  Room room(int index) {
    return rooms[index];
  }

  boolean isIn(Room room) {
    return indexOf(room) >= 0;
  }

  /// The room has put this recipient at `position`.
  void entered(Room room, int position) {
    if (roomCount == rooms.length) {
      int capacity = Math.max(4, roomCount + (roomCount >> 1));
      rooms = Arrays.copyOf(rooms, capacity);
      positions = Arrays.copyOf(positions, capacity);
    }
    rooms[roomCount] = room;
    positions[roomCount++] = position;
  }

  /// The room moves this recipient to another position.
  void moved(Room room, int position) {
    positions[indexOf(room)] = position;
  }

  /// Forgets a room.
  ///
  /// @return the position there
  int left(Room room) {
    int index = indexOf(room);
    int position = positions[index];
    roomCount--;
    rooms[index] = rooms[roomCount];
    positions[index] = positions[roomCount];
    if (behind != null && behind.remove(room) && behind.isEmpty()) {
      behind = null;
    }
    return position;
  }

  private int indexOf(Room room) {
    for (int i = 0; i < roomCount; i++) {
      if (rooms[i] == room) {
        return i;
      }
    }
    return -1;
  }

  void arrived(long userId, @Nullable Recipient nextOfUser) {
    this.userId = userId;
    this.nextOfUser = nextOfUser;
    this.early = new ArrayList<>(0);
  }

  void departed() {
    this.userId = 0;
    this.open = false;
    this.early = null;
  }

  @Nullable List<EarlyChange> early() {
    return early;
  }

  /// The changes that came early are dealt with; later ones count at once.
  void settled() {
    early = null;
  }

  @Nullable Recipient nextOfUser() {
    return nextOfUser;
  }

  void nextOfUser(@Nullable Recipient next) {
    this.nextOfUser = next;
  }
}
