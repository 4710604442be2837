package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.gateway.fanout.Recipient.EarlyChange;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop's connections, and the turns in which what is for them goes out.
///
/// Everything that other threads have for the loop comes through one queue. A turn takes what has
/// gathered, at most [#TURN_MAX] pieces: first the runs of the groups' logs, whose frames are
/// joined and written once per connection, then signals, replies and steps; at its end each
/// connection that was written to is flushed once. So the busier the loop, the fewer the socket
/// writes per event.
///
/// The queue holds `queueBytesMax` bytes. Beyond that a run loses its frames (its changes stay) and
/// a run without changes leaves only its last entry's number behind, one for each group, so the
/// group's connections get `resync`; signals are dropped. Steps always find room: sessions bound
/// their number by their requests in flight.
///
/// `put` and `execute` may be called on any thread, all else on the loop.
public final class Hub {

  static final int TURN_MAX = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private final EventLoop loop;
  private final LoopIndex index;
  private final int queueBytesMax;
  private final FanoutMetrics metrics;
  private final Users users = new Users();
  private final Rooms rooms;
  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();
  private final Map<Long, Long> lost = new ConcurrentHashMap<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean turnIsDue = new AtomicBoolean();
  private final ArrayList<Work> later = new ArrayList<>();
  private final ArrayList<Recipient> unflushed = new ArrayList<>();
  private boolean checkIsDue;

  /// When the run was published that has waited longest in this turn; 0 where there is none.
  private long firstPublishedAt;

  Hub(
      EventLoop loop,
      ByteBufAllocator allocator,
      LoopIndex index,
      GroupLog groups,
      int queueBytesMax,
      FanoutMetrics metrics) {
    this.loop = loop;
    this.index = index;
    this.queueBytesMax = queueBytesMax;
    this.metrics = metrics;
    this.rooms = new Rooms(this, allocator, index, groups, metrics, users);
  }

  /// Carries out a step on the loop, after the events that came before it.
  public void execute(Runnable action) {
    put(new Work.Step(action));
  }

  /// Registers a connection under its user: changes of the user's groups find it from now on.
  public CompletionStage<Void> arrive(Recipient recipient, long userId) {
    users.add(recipient, userId);
    return index.addUser(userId, this);
  }

  /// Puts a connection that has arrived into the rooms of its groups; changes that came since it
  /// arrived, and that `memberships` does not know of, count after them.
  ///
  /// The stage completes when all that is published to these groups finds the connection. It fails
  /// where more changes came meanwhile than are kept.
  public CompletionStage<Void> enter(Recipient recipient, List<Membership> memberships) {
    List<EarlyChange> early = recipient.early();
    if (early == null || early.size() > Rooms.EARLY_CHANGES_MAX) {
      return CompletableFuture.failedStage(new IllegalStateException("too many changes"));
    }
    CompletionStage<Void> interested =
        index.addGroups(memberships.stream().map(Membership::groupId).toList(), this);
    var lastSeqs = new HashMap<Long, Long>();
    for (Membership membership : memberships) {
      lastSeqs.put(membership.groupId(), membership.lastSeq());
      rooms.join(recipient, membership.groupId(), membership.lastSeq());
    }
    recipient.settled();
    for (EarlyChange change : early) {
      if (change.change().seq() > lastSeqs.getOrDefault(change.groupId(), 0L)) {
        rooms.apply(recipient, change.groupId(), change.base(), change.change());
        rooms.dropIfEmpty(change.groupId());
      }
    }
    return interested;
  }

  /// Takes a connection out of everything; one that never arrived is in nothing.
  public void depart(Recipient recipient) {
    long userId = recipient.userId();
    if (userId == 0) {
      return;
    }
    rooms.leaveAll(recipient);
    boolean wasLast = users.remove(recipient);
    recipient.departed();
    if (wasLast) {
      index.removeUser(userId, this);
    }
  }

  /// All who have a connection here.
  List<Long> userIds() {
    return users.ids();
  }

  /// From now on remembers whether a change of the user's groups comes.
  ///
  /// @return true
  boolean watchChangesOf(long userId) {
    rooms.watchChangesOf(userId);
    return true;
  }

  /// Makes the user's connections be in the groups that were read after [#watchChangesOf], and
  /// tells what they missed.
  ///
  /// @return false where nothing was done, as what was read may be older than what is known here
  boolean takeOver(long userId, List<Membership> memberships) {
    return rooms.takeOver(userId, memberships);
  }

  void put(Work work) {
    int bytes = work.bytes();
    if (queuedBytes.get() + bytes > queueBytesMax && !(work instanceof Work.Step)) {
      Work kept = shorten(work);
      if (kept == null) {
        scheduleTurn();
        return;
      }
      work = kept;
      bytes = work.bytes();
    }
    queuedBytes.addAndGet(bytes);
    queue.add(work);
    scheduleTurn();
  }

  /// Called by a recipient that was written to for the first time since it was flushed.
  void flushLater(Recipient recipient) {
    unflushed.add(recipient);
    scheduleTurn();
  }

  void checkHeldLater() {
    if (!checkIsDue) {
      checkIsDue = true;
      executeLater(this::checkHeld, Rooms.HOLD_NANOS);
    }
  }

  void executeLater(Runnable action, long delayNanos) {
    var _ = loop.schedule(() -> execute(action), delayNanos, TimeUnit.NANOSECONDS);
  }

  long nowNanos() {
    return loop.ticker().nanoTime();
  }

  long queuedBytes() {
    return queuedBytes.get();
  }

  int roomCount() {
    return rooms.size();
  }

  /// Gives back what is still queued; the loop is stopped.
  public void close() {
    for (Work work = queue.poll(); work != null; work = queue.poll()) {
      work.release();
    }
    rooms.releaseAll();
  }

  /// What is left of work for which there is no room.
  private @Nullable Work shorten(Work work) {
    metrics.overflowed();
    work.release();
    return switch (work) {
      case Work.Run run when !run.changes().isEmpty() -> run.withoutFrames();
      case Work.Run run -> lose(run.groupId(), run.lastSeq());
      case Work.Tail tail -> lose(tail.groupId(), tail.lastSeq());
      case Work.GroupEvent _, Work.UserEvent _ -> null;
      case Work.Opened _, Work.Step _ -> work;
    };
  }

  private @Nullable Work lose(long groupId, long lastSeq) {
    lost.merge(groupId, lastSeq, Math::max);
    return null;
  }

  void scheduleTurn() {
    if (turnIsDue.compareAndSet(false, true)) {
      loop.execute(this::turn);
    }
  }

  private void turn() {
    try {
      takeLogs();
      takeLost();
      rooms.writeOut();
      for (int i = 0; i < later.size(); i++) {
        guarded(later.get(i), this::carryOut);
      }
      rooms.writeOut();
    } finally {
      later.clear();
      for (int i = 0; i < unflushed.size(); i++) {
        unflushed.get(i).flush();
      }
      unflushed.clear();
      if (firstPublishedAt != 0) {
        metrics.lagged(System.currentTimeMillis() - firstPublishedAt);
        firstPublishedAt = 0;
      }
      turnIsDue.set(false);
      if (!queue.isEmpty() || !lost.isEmpty()) {
        scheduleTurn();
      }
    }
  }

  private void takeLogs() {
    long bytes = 0;
    for (int taken = 0; taken < TURN_MAX; taken++) {
      Work work = queue.poll();
      if (work == null) {
        break;
      }
      bytes += work.bytes();
      switch (work) {
        case Work.Run run -> {
          if (firstPublishedAt == 0) {
            firstPublishedAt = run.log().publishedAt();
          }
          guarded(run, rooms::run);
        }
        case Work.Tail tail -> guarded(tail, t -> rooms.tail(t.groupId(), t.lastSeq()));
        case Work.GroupEvent _, Work.UserEvent _, Work.Opened _, Work.Step _ -> later.add(work);
      }
    }
    queuedBytes.addAndGet(-bytes);
  }

  private void takeLost() {
    if (lost.isEmpty()) {
      return;
    }
    for (long groupId : List.copyOf(lost.keySet())) {
      Long lastSeq = lost.remove(groupId);
      if (lastSeq != null) {
        rooms.tail(groupId, lastSeq);
      }
    }
  }

  private void carryOut(Work work) {
    switch (work) {
      case Work.GroupEvent event -> {
        rooms.signal(event.groupId(), event.exceptUserId(), event.frame());
        event.release();
      }
      case Work.UserEvent event -> {
        signal(event);
        event.release();
      }
      case Work.Opened opened -> tellUser(opened.session());
      case Work.Step step -> step.action().run();
      case Work.Run _, Work.Tail _ -> throw new IllegalStateException("logs come first");
    }
  }

  /// One piece of work that fails, which is a bug, must not take the others with it.
  private static <W extends Work> void guarded(W work, Consumer<W> action) {
    try {
      action.accept(work);
    } catch (RuntimeException e) {
      LOG.error(
          "a {} failed on the event loop trace={}",
          work.getClass().getSimpleName(),
          work.trace(),
          e);
    }
  }

  private void signal(Work.UserEvent event) {
    int told = 0;
    for (long userId : event.userIds()) {
      Recipient next;
      for (Recipient r = users.of(userId); r != null; r = next) {
        next = r.nextOfUser();
        if (r.isOpen() && r.sessionId() != event.exceptSessionId()) {
          r.signal(event.frame());
          told++;
        }
      }
    }
    metrics.delivered(told, (long) told * event.frame().readableBytes());
  }

  private void tellUser(Delivery.SessionOpened opened) {
    Recipient next;
    for (Recipient r = users.of(opened.userId()); r != null; r = next) {
      next = r.nextOfUser();
      r.connection().sessionOpened(opened);
    }
  }

  private void checkHeld() {
    checkIsDue = false;
    if (rooms.giveUpOverdue(nowNanos())) {
      checkHeldLater();
    }
  }
}
