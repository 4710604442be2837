package io.hongbao.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/// Puts a request's parts together. A body that is too large is read and thrown away; the next
/// handler hears of it and answers in its turn.
final class RequestAssembly extends HttpObjectAggregator {

  static final int BODY_BYTES_MAX = 64 * 1024;
  static final Object OVERSIZED = new Object();

  RequestAssembly() {
    super(BODY_BYTES_MAX);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.fireUserEventTriggered(OVERSIZED);
  }
}
