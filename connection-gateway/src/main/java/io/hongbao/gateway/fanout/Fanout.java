package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.gateway.frame.EventFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The node's side of the push service: takes deliveries, makes their frames once, and puts them
/// before the event loops that have someone to tell.
///
/// `deliver` runs on the publisher's thread. It also enters a group for the loops that have a user
/// whom a run adds, before it returns: so whatever is published after that run already finds the
/// way.
public final class Fanout implements Interest.Sink, AutoCloseable {

  private final Consumer<Delivery.PacketCrowd> crowds;
  private final ByteBufAllocator allocator;
  private final LoopIndex index;
  private final Interest.Link link;
  private final Map<EventLoop, Hub> hubs = new LinkedHashMap<>();
  private volatile Runnable onMissed = () -> {};

  /// @param groups is asked who is in a group of which runs were lost
  /// @param queueBytesMax what may wait for one event loop before events are left out
  public Fanout(
      Interest interest,
      GroupLog groups,
      Iterable<? extends EventLoop> loops,
      ByteBufAllocator allocator,
      int queueBytesMax,
      FanoutMetrics metrics) {
    this(
        interest,
        groups,
        loops,
        allocator,
        queueBytesMax,
        metrics,
        _ -> {
          // nobody grabs here
        });
  }

  /// @param crowds is told how red packets' places go
  public Fanout(
      Interest interest,
      GroupLog groups,
      Iterable<? extends EventLoop> loops,
      ByteBufAllocator allocator,
      int queueBytesMax,
      FanoutMetrics metrics,
      Consumer<Delivery.PacketCrowd> crowds) {
    this.crowds = crowds;
    this.allocator = allocator;
    this.link = interest.attach(this);
    this.index = new LoopIndex(link);
    for (EventLoop loop : loops) {
      hubs.put(loop, new Hub(loop, allocator, index, groups, queueBytesMax, metrics));
    }
    metrics.watchQueues(hubs.values());
  }

  public Hub hub(EventLoop loop) {
    Hub hub = hubs.get(loop);
    if (hub == null) {
      throw new IllegalStateException("not a loop of this node: " + loop);
    }
    return hub;
  }

  public Collection<Hub> hubs() {
    return hubs.values();
  }

  @Override
  public void deliver(Delivery delivery) {
    switch (delivery) {
      case Delivery.LogRun run -> deliverRun(run);
      case Delivery.LogTail tail -> {
        for (Hub hub : index.ofGroup(tail.groupId())) {
          hub.put(new Work.Tail(tail.groupId(), tail.lastSeq()));
        }
      }
      case Delivery.GroupSignal signal ->
          share(
              index.ofGroup(signal.groupId()),
              () -> EventFrame.of(allocator, signal.event()),
              frame -> new Work.GroupEvent(signal.groupId(), signal.exceptUserId(), frame));
      case Delivery.PacketCrowd crowd -> crowds.accept(crowd);
      case Delivery.UserSignal signal ->
          share(
              hubsOf(signal.userIds()),
              () -> EventFrame.of(allocator, signal.event()),
              frame -> new Work.UserEvent(signal.userIds(), signal.exceptSessionId(), frame));
      case Delivery.SessionOpened opened -> {
        for (Hub hub : index.ofUser(opened.userId())) {
          hub.put(new Work.Opened(opened));
        }
      }
    }
  }

  @Override
  public void missed() {
    onMissed.run();
  }

  /// @param action what makes the node whole again; returns at once
  public void onMissed(Runnable action) {
    onMissed = action;
  }

  /// No deliveries any more.
  @Override
  public void close() {
    link.close();
  }

  private void deliverRun(Delivery.LogRun run) {
    Collection<Hub> to = index.ofGroup(run.groupId());
    if (!run.changes().isEmpty()) {
      to = new LinkedHashSet<>(to);
      for (MembershipChange change : run.changes()) {
        List<Hub> ofUser = index.ofUser(change.userId());
        to.addAll(ofUser);
        if (change.member()) {
          ofUser.forEach(hub -> index.addGroups(List.of(run.groupId()), hub));
        }
      }
    }
    share(to, () -> EventFrame.of(allocator, run.frames()), frames -> new Work.Run(run, frames));
  }

  private static void share(
      Collection<Hub> to, Supplier<ByteBuf> encode, Function<ByteBuf, Work> work) {
    if (to.isEmpty()) {
      return;
    }
    ByteBuf frames = encode.get();
    for (Hub hub : to) {
      hub.put(work.apply(frames.retain()));
    }
    frames.release();
  }

  private Collection<Hub> hubsOf(List<Long> userIds) {
    if (userIds.size() == 1) {
      return index.ofUser(userIds.getFirst());
    }
    var to = new LinkedHashSet<Hub>();
    for (long userId : userIds) {
      to.addAll(index.ofUser(userId));
    }
    return to;
  }
}
