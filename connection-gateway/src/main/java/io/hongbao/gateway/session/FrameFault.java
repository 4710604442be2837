package io.hongbao.gateway.session;

import io.hongbao.common.error.CloseCode;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// What is wrong with frames that are no WebSocket, as the close status that says so (RFC 6455,
/// section 7.4.1).
///
/// The decoders only report a fault and read no further; whoever ends the connection sends the one
/// close frame and leaves the client time to see it.
public record FrameFault(int status, String reason) {

  private static final FrameFault TOO_LARGE =
      new FrameFault(CloseCode.FRAME_TOO_LARGE.status(), CloseCode.FRAME_TOO_LARGE.reason());
  private static final FrameFault BAD_PAYLOAD =
      new FrameFault(WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code(), "invalid payload");

  /// @return null where the cause is none of the client's frames
  public static @Nullable FrameFault of(Throwable cause) {
    return switch (cause) {
      case CorruptedWebSocketFrameException corrupt -> of(corrupt.closeStatus());
      case TooLongFrameException _ -> TOO_LARGE;
      case DecompressionException e when e.getCause() instanceof DataFormatException -> BAD_PAYLOAD;
      case DecompressionException _ -> TOO_LARGE;
      case CodecException _ -> BAD_PAYLOAD;
      default -> null;
    };
  }

  private static FrameFault of(WebSocketCloseStatus status) {
    if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
      return TOO_LARGE;
    }
    return status.equals(WebSocketCloseStatus.INVALID_PAYLOAD_DATA)
        ? BAD_PAYLOAD
        : new FrameFault(WebSocketCloseStatus.PROTOCOL_ERROR.code(), "protocol error");
  }
}
