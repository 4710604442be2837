package io.hongbao.gateway.http;

import io.hongbao.common.error.ErrorCode;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP connection: answers its requests one after the other, in the order in which they came,
/// until it ends or becomes a WebSocket.
///
/// Requests that are pipelined wait; from [#WAITING_MAX] on the socket is not read, and a client
/// that has sent [#WAITING_LIMIT] ahead is cut off. A connection that does not complete a request
/// in time, or is idle for [#IDLE_NANOS] between two, is closed.
final class HttpConnection extends ChannelInboundHandlerAdapter {

  static final int WAITING_MAX = 64;
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /// How long a client that sent what cannot be read has to see the answer.
  static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final HttpConnections connections;
  private final Site site;
  private final @Nullable WebSocketUpgrade upgrade;
  private final ArrayDeque<Object> waiting = new ArrayDeque<>(2);

  @SuppressWarnings("NullAway.Init") // set in handlerAdded, before anything else happens
  private ChannelHandlerContext ctx;

  private long deadlineNanos;
  private boolean hasDeadline = true;
  private boolean busy;
  private boolean ending;
  private int listIndex;

  HttpConnection(HttpConnections connections, Site site, @Nullable WebSocketUpgrade upgrade) {
    this.connections = connections;
    this.site = site;
    this.upgrade = upgrade;
    this.deadlineNanos = System.nanoTime() + connections.requestTimeoutNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    connections.add(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    connections.remove(this);
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ending || !(message instanceof FullHttpRequest)) {
      ReferenceCountUtil.release(message);
    } else {
      take(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestAssembly.OVERSIZED && !ending) {
      take(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("http connection failed: {}", cause.toString());
    var _ = ctx.close();
  }

  private void take(Object message) {
    if (!busy) {
      begin(message);
      return;
    }
    waiting.add(message);
    if (waiting.size() >= WAITING_MAX) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void begin(Object message) {
    busy = true;
    hasDeadline = false;
    if (message instanceof FullHttpRequest request) {
      try {
        begin(request);
      } finally {
        request.release();
      }
    } else {
      end(
          HttpAnswer.problem(
              HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
              ErrorCode.INVALID_ARGUMENT,
              "the body must have at most " + RequestAssembly.BODY_BYTES_MAX + " bytes"));
    }
  }

  private void begin(FullHttpRequest request) {
    HttpAnswer fault = fault(request.decoderResult());
    if (fault != null) {
      end(fault);
      return;
    }
    HttpCall call;
    try {
      call = call(request);
    } catch (IllegalArgumentException _) {
      end(badRequest());
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    if (upgrade != null && call.path().equals(WebSocketUpgrade.PATH)) {
      HttpAnswer refusal = upgrade.refusal(call, connections.isLeaving());
      if (refusal == null) {
        upgrade.begin(ctx, request.retain());
      } else {
        write(refusal, keepAlive);
      }
      return;
    }
    var _ =
        site.answer(call)
            .whenComplete(
                (answer, failure) ->
                    ctx.executor().execute(() -> write(sure(answer, failure), keepAlive)));
  }

  private HttpCall call(FullHttpRequest request) {
    String address =
        ctx.channel().remoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : "";
    return new HttpCall(
        request.method(),
        new QueryStringDecoder(request.uri()).path(),
        request.headers(),
        ByteBufUtil.getBytes(request.content()),
        address);
  }

  private void write(HttpAnswer answer, boolean keepAlive) {
    boolean stays = keepAlive && !connections.isLeaving();
    var written = ctx.writeAndFlush(response(answer, stays));
    if (!stays) {
      ending = true;
      var _ = written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    busy = false;
    startDeadline(IDLE_NANOS);
    Object next = waiting.poll();
    if (next != null) {
      begin(next);
    } else {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /// Answers and reads no further, but does not cut a client off that is still sending: it would
  /// not see the answer.
  private void end(HttpAnswer answer) {
    ending = true;
    startDeadline(LINGER_NANOS);
    var _ = ctx.writeAndFlush(response(answer, false));
    ctx.channel().config().setAutoRead(true);
  }

  private static DefaultFullHttpResponse response(HttpAnswer answer, boolean keepAlive) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(answer.body()));
    answer.headers().forEach(response.headers()::set);
    response
        .headers()
        .set("x-content-type-options", "nosniff")
        .set(
            HttpHeaderNames.CONNECTION,
            keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    if (answer.status().code() != HttpResponseStatus.NOT_MODIFIED.code()
        && answer.status().code() != HttpResponseStatus.NO_CONTENT.code()) {
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
          .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    return response;
  }

  private static HttpAnswer sure(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
    if (answer != null) {
      return answer;
    }
    LOG.error("an http request failed", failure);
    return HttpAnswer.problem(
        HttpResponseStatus.INTERNAL_SERVER_ERROR, ErrorCode.INTERNAL, "internal error");
  }

  private static @Nullable HttpAnswer fault(DecoderResult result) {
    if (result.isSuccess()) {
      return null;
    }
    return switch (result.cause()) {
      case TooLongHttpLineException _ ->
          HttpAnswer.problem(
              HttpResponseStatus.REQUEST_URI_TOO_LONG,
              ErrorCode.INVALID_ARGUMENT,
              "the request line is too long");
      case TooLongHttpHeaderException _ ->
          HttpAnswer.problem(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
              ErrorCode.INVALID_ARGUMENT,
              "the headers are too large");
      case null, default -> badRequest();
    };
  }

  private static HttpAnswer badRequest() {
    return HttpAnswer.problem(
        HttpResponseStatus.BAD_REQUEST, ErrorCode.INVALID_ARGUMENT, "not a valid HTTP request");
  }

  private void startDeadline(long nanos) {
    hasDeadline = true;
    deadlineNanos = System.nanoTime() + nanos;
  }

  void tick(long nowNanos) {
    if (hasDeadline && nowNanos - deadlineNanos >= 0) {
      var _ = ctx.close();
    }
  }

  void closeIfIdle() {
    if (!busy) {
      var _ = ctx.close();
    }
  }

  int listIndex() {
    return listIndex;
  }

  void listIndex(int index) {
    listIndex = index;
  }
}
