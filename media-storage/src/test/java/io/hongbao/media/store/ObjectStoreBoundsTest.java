package io.hongbao.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A store that does not start, and one that answers late.
final class ObjectStoreBoundsTest {

  private static final int NO_CONTENT = 204;

  @Test
  void isAwayForWhoHasWaitedForItsStart() {
    try (var store = new ObjectStore(new CompletableFuture<>(), Duration.ofMillis(10))) {
      assertThatThrownBy(() -> store.delete("key")).isInstanceOf(StoreAwayException.class);
    }
  }

  @Test
  void letsWhoComesBeyondItsConnectionsWait() throws Exception {
    var answering = new CountDownLatch(1);
    var asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var store = store(server)) {
      server.setExecutor(threads);
      server.createContext(
          "/bucket/",
          exchange -> {
            asked.incrementAndGet();
            try {
              answering.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
          });
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            exchange.close();
          });
      server.start();
      for (int i = 0; i < Clients.CONNECTIONS_MAX; i++) {
        Thread.startVirtualThread(() -> store.delete("key"));
      }
      await().until(() -> asked.get() == Clients.CONNECTIONS_MAX);

      Thread beyond = Thread.ofPlatform().start(() -> store.delete("key"));
      await().until(() -> beyond.getState() == Thread.State.TIMED_WAITING);
      assertThat(asked).hasValue(Clients.CONNECTIONS_MAX);

      answering.countDown();
      beyond.join();
      assertThat(asked).hasValue(Clients.CONNECTIONS_MAX + 1);
    } finally {
      server.stop(0);
    }
  }

  private static ObjectStore store(HttpServer server) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new ObjectStore(
        CompletableFuture.completedFuture(
            new S3Location(url, url, "us-east-1", "bucket", "key", "secret-key")));
  }
}
