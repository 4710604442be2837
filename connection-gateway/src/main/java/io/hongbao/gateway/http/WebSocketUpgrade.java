package io.hongbao.gateway.http;

import io.hongbao.common.error.ErrorCode;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns an HTTP connection into a WebSocket (RFC 6455 section 4.2).
///
/// Afterwards the pipeline holds, from the socket inwards: the frame decoder, the decompression
/// where it was negotiated, the UTF-8 check, and the last handler. There is no encoder: what goes
/// out are bytes. The decoders report what is wrong with a frame and leave closing to the last
/// handler.
public final class WebSocketUpgrade {

  public static final String PATH = "/ws";
  public static final String SUBPROTOCOL = "hongbao.v1.json";

  private final Origins origins;
  private final int frameBytesMax;
  private final Function<Boolean, ChannelHandler> lastHandler;

  /// @param lastHandler makes the handler of a connection, told whether it may send compressed
  public WebSocketUpgrade(
      Origins origins, int frameBytesMax, Function<Boolean, ChannelHandler> lastHandler) {
    this.origins = origins;
    this.frameBytesMax = frameBytesMax;
    this.lastHandler = lastHandler;
  }

  /// Why a request does not become a WebSocket, or null.
  @Nullable HttpAnswer refusal(HttpCall call, boolean leaving) {
    HttpHeaders headers = call.headers();
    if (!call.method().equals(HttpMethod.GET)) {
      return HttpAnswer.methodNotAllowed("GET");
    }
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        || !WebSocketVersion.V13.toHttpHeaderValue().equals(version(headers))) {
      return HttpAnswer.problem(
              HttpResponseStatus.UPGRADE_REQUIRED,
              ErrorCode.INVALID_ARGUMENT,
              "this is a WebSocket of version 13")
          .with(HttpHeaderNames.UPGRADE.toString(), "websocket")
          .with(HttpHeaderNames.SEC_WEBSOCKET_VERSION.toString(), "13");
    }
    if (headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY) == null) {
      return badRequest("Sec-WebSocket-Key is missing");
    }
    if (!offersOurs(headers)) {
      return badRequest("the only subprotocol is " + SUBPROTOCOL);
    }
    if (!origins.allow(headers.get(HttpHeaderNames.ORIGIN))) {
      return HttpAnswer.problem(
          HttpResponseStatus.FORBIDDEN, ErrorCode.FORBIDDEN, "this origin is not allowed");
    }
    return leaving
        ? HttpAnswer.problem(
            HttpResponseStatus.SERVICE_UNAVAILABLE, ErrorCode.UNAVAILABLE, "this node is leaving")
        : null;
  }

  /// Answers the request with 101. Nothing is read until that is written.
  ///
  /// @param request is released
  void begin(ChannelHandlerContext ctx, FullHttpRequest request) {
    ctx.channel().config().setAutoRead(false);
    try {
      Deflate deflate = Deflate.negotiate(request.headers(), frameBytesMax);
      var headers = new DefaultHttpHeaders();
      if (deflate != null) {
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, deflate.header());
      }
      var handshaker =
          new WebSocketServerHandshaker13(PATH, SUBPROTOCOL, decoderConfig(deflate != null));
      var _ =
          handshaker
              .handshake(ctx, request, headers, ctx.newPromise())
              .addListener(
                  done -> {
                    if (done.isSuccess()) {
                      complete(ctx, deflate);
                    } else {
                      var _ = ctx.close();
                    }
                  });
    } finally {
      request.release();
    }
  }

  private void complete(ChannelHandlerContext ctx, @Nullable Deflate deflate) {
    if (!ctx.channel().isActive()) {
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove("wsencoder");
    if (deflate != null) {
      pipeline.addLast(deflate.newDecoder());
    }
    pipeline.addLast(new Utf8FrameValidator(false)).addLast(lastHandler.apply(deflate != null));
    pipeline.remove(ctx.handler());
    ctx.channel().config().setAutoRead(true);
  }

  private WebSocketDecoderConfig decoderConfig(boolean extensions) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(frameBytesMax)
        .allowExtensions(extensions)
        .closeOnProtocolViolation(false)
        .build();
  }

  /// A client that offers no subprotocol means ours.
  private static boolean offersOurs(HttpHeaders headers) {
    var offers = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    return offers.isEmpty()
        || offers.stream()
            .flatMap(offer -> Arrays.stream(offer.split(",")))
            .anyMatch(name -> name.strip().equals(SUBPROTOCOL));
  }

  private static @Nullable String version(HttpHeaders headers) {
    return headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
  }

  private static HttpAnswer badRequest(String detail) {
    return HttpAnswer.problem(HttpResponseStatus.BAD_REQUEST, ErrorCode.INVALID_ARGUMENT, detail);
  }
}
