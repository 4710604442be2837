package io.hongbao.gateway.session;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Push;
import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.fanout.Fanout;
import io.hongbao.gateway.fanout.FanoutMetrics;
import io.hongbao.gateway.fanout.Hub;
import io.hongbao.gateway.frame.EventFrame;
import io.hongbao.gateway.frame.ReplyFrame;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;

/// The sessions of one event loop, and what they share. Belongs to its loop.
public final class Sessions {

  /// What all loops of a node share.
  public record Node(
      SessionConfig config,
      Fanout fanout,
      Push push,
      Identity identity,
      Memberships memberships,
      Routes routes,
      SessionIds ids,
      Clock clock,
      SessionMetrics metrics,
      FanoutMetrics fanoutMetrics) {}

  private final Node node;
  private final Hub hub;
  private final ByteBufAllocator allocator;
  private final ReplyFrame replies;
  private final RequestLimit.Rate rate;
  private final SessionOpening opening = new SessionOpening(this);
  private final SessionRequests requests = new SessionRequests(this);
  private final ArrayList<Session> all = new ArrayList<>();

  /// Negative while the node stays.
  private long leavingWithinMs = -1;

  public Sessions(Node node, Hub hub, ByteBufAllocator allocator) {
    this.node = node;
    this.hub = hub;
    this.allocator = allocator;
    this.replies = new ReplyFrame(allocator);
    this.rate = RequestLimit.Rate.of(node.config.requestsPerSecond(), node.config.requestsBurst());
  }

  /// The handler for a connection that was just upgraded; it is the last in its pipeline.
  ///
  /// @param deflate whether permessage-deflate was negotiated
  public ChannelHandler newSession(boolean deflate) {
    return new Session(this, deflate);
  }

  /// Looks at each session's clock.
  public void tick() {
    long nowNanos = System.nanoTime();
    long nowMs = node.clock.millis();
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).tick(nowNanos, nowMs);
    }
  }

  /// Tells all sessions to connect elsewhere, each at its own moment within half of `spreadMs`:
  /// those that are open now, and those whose opening ends later.
  public void sayReconnect(long spreadMs) {
    leavingWithinMs = spreadMs;
    for (Session session : all) {
      sayReconnectIfLeaving(session);
    }
  }

  void sayReconnectIfLeaving(Session session) {
    if (leavingWithinMs >= 0 && session.state() == Session.State.OPEN) {
      long afterMs = ThreadLocalRandom.current().nextLong(leavingWithinMs / 2 + 1);
      session.recipient().write(EventFrame.reconnect(allocator, "leaving", afterMs));
    }
  }

  public void closeAll(CloseCode code) {
    for (Session session : new ArrayList<>(all)) {
      session.close(code);
    }
  }

  public int size() {
    return all.size();
  }

  /// After the loop has stopped.
  public void close() {
    replies.close();
  }

  void add(Session session) {
    session.listIndex(all.size());
    all.add(session);
  }

  /// The last session takes the place of the one that is gone.
  void remove(Session session) {
    Session last = all.removeLast();
    if (last != session) {
      all.set(session.listIndex(), last);
      last.listIndex(session.listIndex());
    }
  }

  void caughtUp(int groups) {
    if (groups > 0) {
      node.fanoutMetrics.resynced(groups);
    }
  }

  Hub hub() {
    return hub;
  }

  ReplyFrame replies() {
    return replies;
  }

  RequestLimit.Rate rate() {
    return rate;
  }

  SessionOpening opening() {
    return opening;
  }

  SessionRequests requests() {
    return requests;
  }

  SessionConfig config() {
    return node.config;
  }

  /// Here at once, whatever the push service does; it tells the other gateways that have the user,
  /// and this one again, which changes nothing.
  void tell(Delivery.SessionOpened opened) {
    node.fanout.deliver(opened);
    node.push.publish(opened);
  }

  Identity identity() {
    return node.identity;
  }

  Memberships memberships() {
    return node.memberships;
  }

  Routes routes() {
    return node.routes;
  }

  Clock clock() {
    return node.clock;
  }

  SessionMetrics metrics() {
    return node.metrics;
  }

  /// The gateway's name, told to clients.
  String node() {
    return node.ids.node();
  }

  long nextSessionId() {
    return node.ids.next();
  }
}
