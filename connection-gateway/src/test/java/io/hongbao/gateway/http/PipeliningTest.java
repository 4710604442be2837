package io.hongbao.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a client gets that sends requests and does not wait for the answers, from a site that never
/// answers.
class PipeliningTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();

  PipeliningTest() {
    HttpPipeline.addTo(
        channel.pipeline(),
        new HttpConnections(TimeUnit.SECONDS.toNanos(10)),
        _ -> new CompletableFuture<>(),
        null);
  }

  @Test
  void isNotReadFromTheBoundOn() {
    channel.writeInbound(requests(HttpConnection.WAITING_MAX));
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.writeInbound(requests(1));
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void isCutOffWhereFarMoreCameAtOnce() {
    channel.writeInbound(requests(HttpPipeline.PIPELINED_MAX));
    assertThat(channel.isOpen()).isTrue();
    channel.writeInbound(requests(1));
    assertThat(channel.isOpen()).isFalse();
    channel.finishAndReleaseAll();
  }

  private static ByteBuf requests(int count) {
    return Unpooled.copiedBuffer(
        "GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n".repeat(count), StandardCharsets.US_ASCII);
  }
}
