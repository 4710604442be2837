package io.hongbao.gateway.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import org.jspecify.annotations.Nullable;

/// The handlers of a new connection, from the socket inwards.
public final class HttpPipeline {

  static final int LINE_BYTES_MAX = 4_096;
  static final int HEADER_BYTES_MAX = 16_384;

  /// Requests that a client may send ahead of the answers; one that sends more is cut off.
  static final int PIPELINED_MAX = 1_024;

  private HttpPipeline() {}

  /// @param upgrade null where the port speaks HTTP only
  public static void addTo(
      ChannelPipeline pipeline,
      HttpConnections connections,
      Site site,
      @Nullable WebSocketUpgrade upgrade) {
    pipeline
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADER_BYTES_MAX),
                PIPELINED_MAX))
        .addLast(new RequestAssembly())
        .addLast(new HttpConnection(connections, site, upgrade));
  }
}
