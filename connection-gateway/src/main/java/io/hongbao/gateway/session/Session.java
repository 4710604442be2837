package io.hongbao.gateway.session;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.SessionOpened;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.CloseCode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.gateway.fanout.Connection;
import io.hongbao.gateway.fanout.Recipient;
import io.hongbao.gateway.frame.WireFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's WebSocket connection, from the upgrade to its end. Belongs to its event loop.
///
/// A message is read when its turn comes: while the session is being opened, while as many requests
/// are in flight as it may have, or while what was written to it does not drain, its socket is not
/// read, and messages that were decoded already wait in their order. So nothing is lost and nothing
/// grows.
///
/// After a close frame was sent nothing more is said; the client has
/// [SessionClock#CLOSE_GRACE_NANOS] to answer.
final class Session extends ChannelInboundHandlerAdapter implements Connection {

  /// What may be decoded ahead, uncompressed; only a client that means harm gets there.
  static final int WAITING_BYTES_MAX = 2 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  enum State {
    /// Waits for `session.open`.
    NEW,
    /// `session.open` is being carried out.
    OPENING,
    OPEN,
    /// The close frame was sent, or the channel is gone.
    CLOSING
  }

  private final Sessions sessions;
  private final boolean deflate;
  private final RequestLimit limit;
  private final SessionClock clock;
  private final Inbox inbox = new Inbox();
  private final ServiceTurns turns = new ServiceTurns();

  @SuppressWarnings("NullAway.Init") // set in handlerAdded, before anything else happens
  private ChannelHandlerContext ctx;

  @SuppressWarnings("NullAway.Init") // as above
  private Recipient recipient;

  private State state = State.NEW;
  private int inFlight;
  private int listIndex;
  private @Nullable Caller caller;
  private @Nullable SessionOpened opened;
  private @Nullable Refusal openingRefusal;

  /// @param deflate whether permessage-deflate was negotiated
  Session(Sessions sessions, boolean deflate) {
    this.sessions = sessions;
    this.deflate = deflate;
    long now = System.nanoTime();
    this.limit = new RequestLimit(now);
    this.clock = new SessionClock(now);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    this.recipient = new Recipient(ctx, this, sessions.hub());
    sessions.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof WebSocketFrame frame) {
        read(frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    clock.heard(System.nanoTime());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (recipient.isWritable()) {
      sessions.hub().execute(this::drained);
    } else {
      clock.becameUnwritable(System.nanoTime());
      updateReading();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (state != State.CLOSING) {
      leave("dropped");
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    sessions.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    FrameFault fault = FrameFault.of(cause);
    if (fault != null) {
      close(fault.status(), fault.reason());
    } else if (cause instanceof java.io.IOException) {
      var _ = ctx.close();
    } else {
      LOG.warn("closing a session for a bug, userId={}", userId(), cause);
      close(CloseCode.INTERNAL);
    }
  }

  @Override
  public void close(CloseCode code) {
    close(code.status(), code.reason());
  }

  @Override
  public void sessionOpened(SessionOpened other) {
    if (opened == null || state != State.OPEN) {
      return;
    }
    if (other.replaces(opened)) {
      close(CloseCode.REPLACED);
    } else if (opened.replaces(other) && opened.openedAt() == other.openedAt()) {
      // It was not open yet when it was told. One that is older by the clock is left alone: with
      // another gateway's clock it may well be the one that its client uses.
      sessions.tell(opened);
    }
  }

  // --- what comes in

  private void read(WebSocketFrame frame) {
    if (state == State.CLOSING) {
      if (frame instanceof CloseWebSocketFrame) {
        var _ = ctx.close();
      }
      return;
    }
    switch (frame) {
      case TextWebSocketFrame _, ContinuationWebSocketFrame _ -> readText(frame);
      case BinaryWebSocketFrame _ -> close(CloseCode.BINARY_NOT_AGREED);
      case PingWebSocketFrame ping -> recipient.write(WireFrame.pong(ctx.alloc(), ping.content()));
      case CloseWebSocketFrame close -> answerClose(close);
      default -> {} // a pong: that something came is noted for all frames alike
    }
  }

  private void readText(WebSocketFrame frame) {
    byte[] message;
    try {
      message = inbox.complete(frame, sessions.config().frameBytes());
    } catch (Inbox.MessageTooLargeException _) {
      close(CloseCode.FRAME_TOO_LARGE);
      return;
    }
    if (message == null) {
      return;
    }
    if (inbox.isEmpty() && isReadyForMore()) {
      receive(message);
    } else {
      inbox.add(message);
      if (inbox.waitingBytes() > WAITING_BYTES_MAX) {
        close(CloseCode.TOO_MANY_REQUESTS);
      }
    }
    updateReading();
  }

  private void takeWaiting() {
    while (isReadyForMore()) {
      byte[] message = inbox.poll();
      if (message == null) {
        break;
      }
      receive(message);
    }
    updateReading();
  }

  private boolean isReadyForMore() {
    return (state == State.NEW || state == State.OPEN)
        && inFlight < sessions.config().requestsInFlight()
        && recipient.isWritable();
  }

  private void updateReading() {
    boolean read =
        switch (state) {
          case CLOSING -> true;
          case OPENING -> inbox.size() < sessions.config().requestsInFlight();
          case NEW, OPEN -> inbox.isEmpty() && isReadyForMore();
        };
    if (read != ctx.channel().config().isAutoRead()) {
      clock.heard(System.nanoTime());
      ctx.channel().config().setAutoRead(read);
    }
  }

  private void receive(byte[] message) {
    Envelope envelope = Envelope.parse(message);
    if (envelope == null) {
      close(CloseCode.NOT_AN_ENVELOPE);
      return;
    }
    long waitMs = limit.take(sessions.rate(), System.nanoTime());
    if (waitMs > 0) {
      refuse(envelope, Refusal.retryAfter(ErrorCode.RATE_LIMITED, "too many requests", waitMs));
      if (limit.isIgnored(sessions.rate())) {
        close(CloseCode.TOO_MANY_REQUESTS);
      }
    } else if (envelope.data() == null) {
      refuse(envelope, Refusal.invalid("data", "data must be an object"));
    } else if (state == State.OPEN) {
      sessions.requests().carryOut(this, envelope, envelope.data());
    } else if (envelope.op().equals("session.open")) {
      sessions.opening().begin(this, envelope, envelope.data());
    } else if (openingRefusal != null) {
      refuse(envelope, openingRefusal);
    } else {
      refuse(envelope, Refusal.of(ErrorCode.UNAUTHENTICATED, "the first frame is session.open"));
      close(CloseCode.NOT_OPENED);
    }
  }

  // --- the steps of an opening

  void opening() {
    enter(State.OPENING);
    openingRefusal = null;
  }

  void opened(Caller caller, SessionOpened opened, long expiresAt) {
    this.caller = caller;
    this.opened = opened;
    clock.expiresAt(expiresAt);
    enter(State.OPEN);
    recipient.open(caller.sessionId());
    sessions.metrics().opened();
  }

  /// The client may try again; until then its other requests get the same answer.
  void openingFailed(Refusal refusal) {
    openingRefusal = refusal;
    enter(State.NEW);
    takeWaiting();
  }

  void goOn() {
    takeWaiting();
  }

  private void enter(State next) {
    state = next;
    clock.stateChanged(System.nanoTime());
  }

  // --- what goes out

  /// A request goes to a service; [#answered] follows.
  void asked() {
    inFlight++;
  }

  void answered(Envelope envelope, Reply reply, long askedNanos) {
    inFlight--;
    if (state == State.CLOSING) {
      return;
    }
    reply(envelope, reply, askedNanos);
    takeWaiting();
  }

  void reply(Envelope envelope, Reply reply, long askedNanos) {
    ByteBuf frame = sessions.replies().of(envelope.id(), envelope.trace(), reply, deflate);
    sessions.metrics().replied(frame.readableBytes());
    sessions.metrics().answered(envelope.op(), reply, System.nanoTime() - askedNanos);
    recipient.write(frame);
    if (reply instanceof Reply.Failure(Refusal refusal) && LOG.isDebugEnabled()) {
      LOG.debug("refused code={} userId={} trace={}", refusal.code(), userId(), envelope.trace());
    }
  }

  void refuse(Envelope envelope, Refusal refusal) {
    reply(envelope, Reply.refused(refusal), System.nanoTime());
  }

  private void drained() {
    if (state == State.CLOSING || !recipient.isWritable()) {
      return;
    }
    sessions.caughtUp(recipient.catchUp());
    takeWaiting();
  }

  // --- the end

  private void answerClose(CloseWebSocketFrame close) {
    leave("client");
    int status = close.statusCode();
    ByteBuf answer =
        status < 0 ? WireFrame.emptyClose(ctx.alloc()) : WireFrame.close(ctx.alloc(), status, "");
    var _ = ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private void close(int status, String reason) {
    if (state == State.CLOSING) {
      return;
    }
    LOG.debug("session closed code={} userId={} address={}", status, userId(), address());
    leave(Integer.toString(status));
    var _ = ctx.writeAndFlush(WireFrame.close(ctx.alloc(), status, reason), ctx.voidPromise());
    updateReading();
  }

  private void leave(String by) {
    sessions.metrics().closed(by, state == State.OPEN);
    enter(State.CLOSING);
    sessions.hub().depart(recipient);
    inbox.clear();
  }

  /// Looks at the clock, several times a heartbeat.
  void tick(long nowNanos, long nowMs) {
    if (state == State.CLOSING) {
      if (clock.isGraceOver(nowNanos)) {
        var _ = ctx.close();
      }
      return;
    }
    SessionConfig config = sessions.config();
    boolean reads = ctx.channel().config().isAutoRead();
    CloseCode overdue =
        clock.overdue(state, recipient.isWritable(), reads, config, nowNanos, nowMs);
    if (overdue != null) {
      close(overdue);
    } else if (recipient.isWritable() && clock.takePing(config, nowNanos)) {
      recipient.write(WireFrame.ping(ctx.alloc()));
    }
  }

  // --- for its neighbours in this package

  State state() {
    return state;
  }

  Recipient recipient() {
    return recipient;
  }

  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("not open");
    }
    return caller;
  }

  ServiceTurns turns() {
    return turns;
  }

  void refreshed(long expiresAt) {
    clock.expiresAt(expiresAt);
  }

  String address() {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress inet
            && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "";
  }

  private long userId() {
    return caller == null ? 0 : caller.userId();
  }

  int listIndex() {
    return listIndex;
  }

  void listIndex(int index) {
    listIndex = index;
  }
}
