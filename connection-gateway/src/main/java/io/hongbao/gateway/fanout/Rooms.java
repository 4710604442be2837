package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.gateway.fanout.Recipient.EarlyChange;
import io.hongbao.gateway.frame.EventFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The groups that one event loop has connections of, and the order of their logs.
/// - A run that continues its group's log goes out at the end of the turn, joined with all others
///   of the group in this turn. Its changes take effect before it: what is pending already goes out
///   first, so that who leaves gets nothing that came after, and who joins nothing from before.
/// - A run that begins beyond the next entry is held for [#HOLD_NANOS], at most [#HELD_MAX] a
///   group, for the one that is missing. If that does not come, or a tail announcement shows that
///   the last ones were lost, the group is told `resync` in place of the entries.
/// - What was delivered already is left out.
///
/// Changes are not lost with the frames, since who was removed must not get what follows. Two
/// services that publish about one group may be told in the wrong order, and a service that dies
/// may leave runs untold: [LastChanges] and [RoomChecks] see to that.
final class Rooms {

  static final long HOLD_NANOS = 100_000_000;
  static final int HELD_MAX = 64;
  static final int EARLY_CHANGES_MAX = 10_000;

  private final Hub hub;
  private final ByteBufAllocator allocator;
  private final LoopIndex index;
  private final FanoutMetrics metrics;
  private final Users users;
  private final LastChanges changes = new LastChanges();
  private final RoomChecks checks;
  private final LongObjectHashMap<Room> rooms = new LongObjectHashMap<>();
  private final ArrayList<Room> pending = new ArrayList<>();
  private final ArrayList<Room> holding = new ArrayList<>();

  /// Users whose groups are being read anew, and whether they have changed meanwhile.
  private final Map<Long, Boolean> watched = new HashMap<>();

  Rooms(
      Hub hub,
      ByteBufAllocator allocator,
      LoopIndex index,
      GroupLog groups,
      FanoutMetrics metrics,
      Users users) {
    this.hub = hub;
    this.allocator = allocator;
    this.index = index;
    this.metrics = metrics;
    this.users = users;
    this.checks = new RoomChecks(groups, hub, rooms::get, changes, this::dropIfEmpty);
  }

  void run(Work.Run run) {
    Room room = rooms.get(run.groupId());
    if (room != null && run.firstSeq() > room.lastSeq() + 1) {
      hold(room, run);
      return;
    }
    play(run);
    while ((room = rooms.get(run.groupId())) != null) {
      HeldRuns held = room.held();
      Work.Run next = held == null ? null : held.takeUpTo(room.lastSeq() + 1);
      if (next == null) {
        return;
      }
      if (held != null && held.size() == 0) {
        room.heldNoMore();
      }
      play(next);
    }
  }

  void tail(long groupId, long lastSeq) {
    Room room = rooms.get(groupId);
    if (room != null && lastSeq > room.lastSeq()) {
      giveUpHole(room, lastSeq);
      dropIfEmpty(room);
    }
  }

  void signal(long groupId, long exceptUserId, ByteBuf frame) {
    Room room = rooms.get(groupId);
    if (room == null) {
      return;
    }
    int told = 0;
    for (int i = 0; i < room.size(); i++) {
      Recipient member = room.member(i);
      if (member.isOpen() && member.userId() != exceptUserId && member.offer(frame)) {
        told++;
      }
    }
    metrics.delivered(told, frame.readableBytes());
  }

  /// @param base the entry up to which the group needs nothing, where it is new here
  void join(Recipient recipient, long groupId, long base) {
    Room room = rooms.get(groupId);
    if (room == null) {
      room = new Room(groupId, base);
      rooms.put(groupId, room);
      index.addGroups(List.of(groupId), hub);
    }
    if (!recipient.isIn(room)) {
      room.add(recipient);
    }
  }

  void leaveAll(Recipient recipient) {
    while (recipient.roomCount() > 0) {
      Room room = recipient.room(recipient.roomCount() - 1);
      room.remove(recipient);
      dropIfEmpty(room);
    }
  }

  void apply(Recipient recipient, long groupId, long base, MembershipChange change) {
    if (change.member()) {
      join(recipient, groupId, base);
      return;
    }
    Room room = rooms.get(groupId);
    if (room != null && recipient.isIn(room)) {
      room.remove(recipient);
    }
  }

  void watchChangesOf(long userId) {
    watched.put(userId, false);
  }

  /// See [Hub#takeOver]. A session that is being opened may have read its groups before what was
  /// lost, and enters them after this.
  boolean takeOver(long userId, List<Membership> memberships) {
    boolean changed = Boolean.TRUE.equals(watched.remove(userId));
    for (Recipient r = users.of(userId); r != null; r = r.nextOfUser()) {
      changed |= r.early() != null;
    }
    if (changed) {
      return false;
    }
    Set<Long> groupIds =
        memberships.stream().map(Membership::groupId).collect(Collectors.toUnmodifiableSet());
    for (Recipient r = users.of(userId); r != null; r = r.nextOfUser()) {
      leaveOthers(r, groupIds);
      for (Membership membership : memberships) {
        enter(r, membership);
      }
    }
    for (Membership membership : memberships) {
      tail(membership.groupId(), membership.lastSeq());
    }
    return true;
  }

  void dropIfEmpty(long groupId) {
    Room room = rooms.get(groupId);
    if (room != null) {
      dropIfEmpty(room);
    }
  }

  /// Ends the turn: what is pending goes out.
  void writeOut() {
    for (int i = 0; i < pending.size(); i++) {
      writeOut(pending.get(i));
    }
    pending.clear();
  }

  /// Stops waiting for runs that are overdue.
  ///
  /// @return whether there are others still to wait for
  boolean giveUpOverdue(long nowNanos) {
    for (Room room : List.copyOf(holding)) {
      HeldRuns held = room.held();
      if (held == null) {
        holding.remove(room);
      } else if (held.isDue(nowNanos)) {
        holding.remove(room);
        giveUpHole(room, room.lastSeq());
        dropIfEmpty(room);
      }
    }
    return !holding.isEmpty();
  }

  int size() {
    return rooms.size();
  }

  void releaseAll() {
    for (Room room : rooms.values()) {
      HeldRuns held = room.held();
      if (held != null) {
        held.all().forEach(Work.Run::release);
      }
      ByteBuf frames = room.takePending(allocator);
      if (frames != null) {
        frames.release();
      }
    }
  }

  private void leaveOthers(Recipient recipient, Set<Long> groupIds) {
    for (int i = recipient.roomCount() - 1; i >= 0; i--) {
      Room room = recipient.room(i);
      if (!groupIds.contains(room.groupId())) {
        writeOut(room);
        room.remove(recipient);
        dropIfEmpty(room);
      }
    }
  }

  /// Who comes in this way reads the log on.
  private void enter(Recipient recipient, Membership membership) {
    long groupId = membership.groupId();
    Room before = rooms.get(groupId);
    if (before != null && recipient.isIn(before)) {
      return;
    }
    join(recipient, groupId, membership.lastSeq());
    Room room = rooms.get(groupId);
    if (room != null && recipient.isOpen()) {
      ByteBuf resync = EventFrame.resync(allocator, groupId, membership.lastSeq());
      recipient.offer(resync, room);
      resync.release();
    }
  }

  private void play(Work.Run run) {
    long groupId = run.groupId();
    if (!run.changes().isEmpty()) {
      applyAll(run);
    }
    Room room = rooms.get(groupId);
    if (room == null) {
      index.removeGroup(groupId, hub);
      run.release();
      return;
    }
    if (run.frames() == null || !run.hasFrameForEachEntry()) {
      run.release();
      giveUp(room, run.lastSeq());
    } else if (run.lastSeq() > room.lastSeq()) {
      append(room, run, run.frames());
    } else {
      run.release();
      if (!run.changes().isEmpty()) {
        tellLatecomers(room, run);
      }
    }
    dropIfEmpty(room);
  }

  private void append(Room room, Work.Run run, ByteBuf frames) {
    int delivered = (int) (room.lastSeq() + 1 - run.firstSeq());
    int events = run.events().count();
    if (delivered > 0) {
      int offset = EventFrame.bytes(run.events(), delivered);
      frames = frames.slice(offset, frames.readableBytes() - offset);
    }
    appendFrames(room, frames, events - delivered);
    room.advanceTo(run.lastSeq());
  }

  private void appendFrames(Room room, ByteBuf frames, int events) {
    if (room.append(frames, events)) {
      pending.add(room);
      hub.scheduleTurn();
    }
  }

  private void applyAll(Work.Run run) {
    Room before = rooms.get(run.groupId());
    if (before != null) {
      writeOut(before);
    }
    for (MembershipChange change : run.changes()) {
      watched.replace(change.userId(), true);
      if (changes.isNews(run.groupId(), change)) {
        for (Recipient r = users.of(change.userId()); r != null; r = r.nextOfUser()) {
          apply(r, run, change);
        }
      }
    }
  }

  /// A session that is being opened gets nothing of the run, as its client has yet to read the log.
  private void apply(Recipient recipient, Work.Run run, MembershipChange change) {
    List<EarlyChange> early = recipient.early();
    if (early == null) {
      apply(recipient, run.groupId(), run.firstSeq() - 1, change);
    } else if (early.size() <= EARLY_CHANGES_MAX) {
      early.add(new EarlyChange(run.groupId(), run.lastSeq(), change));
    }
  }

  /// Who is added by a run that the group is past already reads the log on.
  private void tellLatecomers(Room room, Work.Run run) {
    ByteBuf resync = EventFrame.resync(allocator, room.groupId(), room.lastSeq());
    for (MembershipChange change : run.changes()) {
      for (Recipient r = users.of(change.userId()); r != null; r = r.nextOfUser()) {
        if (change.member() && r.isOpen() && r.isIn(room)) {
          r.offer(resync, room);
        }
      }
    }
    resync.release();
  }

  private void hold(Room room, Work.Run run) {
    boolean first = room.held() == null;
    HeldRuns held = room.hold(hub.nowNanos() + HOLD_NANOS);
    held.add(run);
    if (held.size() > HELD_MAX) {
      giveUpHole(room, room.lastSeq());
      dropIfEmpty(room);
    } else if (first && !holding.contains(room)) {
      holding.add(room);
      hub.checkHeldLater();
    }
  }

  /// [#giveUp], where nobody knows whom the lost runs have added and removed.
  private void giveUpHole(Room room, long lastSeq) {
    giveUp(room, lastSeq);
    checks.check(room.groupId());
  }

  /// Tells `resync` in place of what is held and what was lost, up to `lastSeq` at least.
  private void giveUp(Room room, long lastSeq) {
    metrics.hole();
    long last = Math.max(lastSeq, room.lastSeq());
    HeldRuns held = room.held();
    room.heldNoMore();
    if (held != null) {
      for (Work.Run run : held.all()) {
        run.release();
        if (!run.changes().isEmpty()) {
          applyAll(run);
        }
        last = Math.max(last, run.lastSeq());
      }
    }
    room.advanceTo(last);
    appendFrames(room, EventFrame.resync(allocator, room.groupId(), last), 1);
    metrics.resynced(room.size());
  }

  private void dropIfEmpty(Room room) {
    if (room.size() > 0) {
      return;
    }
    if (room.held() != null) {
      giveUpHole(room, room.lastSeq()); // what is held may add someone
    }
    if (room.size() == 0 && rooms.get(room.groupId()) == room) {
      rooms.remove(room.groupId());
      index.removeGroup(room.groupId(), hub);
    }
  }

  private void writeOut(Room room) {
    int events = room.pendingEvents();
    ByteBuf frames = room.takePending(allocator);
    if (frames == null) {
      return;
    }
    int told = 0;
    int behind = 0;
    for (int i = 0; i < room.size(); i++) {
      Recipient member = room.member(i);
      if (member.isOpen()) {
        if (member.offer(frames, room)) {
          told++;
        } else {
          behind++;
        }
      }
    }
    metrics.fannedOut(told);
    metrics.delivered((long) told * events, (long) told * frames.readableBytes());
    metrics.skipped((long) behind * events);
    frames.release();
  }
}
