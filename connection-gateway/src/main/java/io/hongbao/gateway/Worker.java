package io.hongbao.gateway;

import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.fanout.Hub;
import io.hongbao.gateway.http.HttpConnections;
import io.hongbao.gateway.session.Sessions;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What one event loop works on: its hub, its sessions, its HTTP connections. One tick looks after
/// all their clocks; no connection has a timer of its own.
record Worker(EventLoop loop, Hub hub, Sessions sessions, HttpConnections http) {

  void startTicking(Duration tick) {
    var _ =
        loop.scheduleWithFixedDelay(
            () ->
                hub.execute(
                    () -> {
                      sessions.tick();
                      http.tick();
                    }),
            tick.toNanos(),
            tick.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  void sendAway(Duration within) {
    hub.execute(
        () -> {
          http.leave();
          sessions.sayReconnect(within.toMillis());
        });
  }

  void closeSessions() {
    hub.execute(() -> sessions.closeAll(CloseCode.NODE_LEAVING));
  }

  /// After the loop has stopped.
  void release() {
    hub.close();
    sessions.close();
  }
}
