package io.hongbao.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// permessage-deflate (RFC 7692) as negotiated with one client.
///
/// Only the way in needs a handler: what goes out is compressed message by message, without a
/// window kept for the connection. A client that is able to is asked to do the same.
final class Deflate {

  private static final int LEVEL = 6;
  private static final int WINDOW_BITS = 15;

  /// A message that fills the buffer to its end counts as too large for it.
  private static final int SLACK_BYTES = 1_024;

  private final WebSocketServerExtension extension;

  private Deflate(WebSocketServerExtension extension) {
    this.extension = extension;
  }

  /// The first offer that can be accepted.
  ///
  /// @param messageBytesMax a compressed message that is larger ends the connection
  /// @return null where there is none
  static @Nullable Deflate negotiate(HttpHeaders headers, int messageBytesMax) {
    var handshaker =
        new PerMessageDeflateServerExtensionHandshaker(
            LEVEL, false, WINDOW_BITS, true, true, messageBytesMax + SLACK_BYTES);
    for (String header : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      WebSocketServerExtension extension = accept(handshaker, header);
      if (extension != null) {
        return new Deflate(extension);
      }
    }
    return null;
  }

  private static @Nullable WebSocketServerExtension accept(
      PerMessageDeflateServerExtensionHandshaker handshaker, String header) {
    try {
      for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(header)) {
        WebSocketServerExtension extension = handshaker.handshakeExtension(offer);
        if (extension != null) {
          return extension;
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      // a header of no sense: the connection does without
    }
    return null;
  }

  /// What the answer's `Sec-WebSocket-Extensions` says.
  String header() {
    WebSocketExtensionData data = extension.newReponseData();
    String parameters =
        data.parameters().entrySet().stream()
            .map(p -> p.getValue() == null ? p.getKey() : p.getKey() + "=" + p.getValue())
            .map(parameter -> "; " + parameter)
            .collect(Collectors.joining());
    return data.name() + parameters;
  }

  WebSocketExtensionDecoder newDecoder() {
    return extension.newExtensionDecoder();
  }
}
