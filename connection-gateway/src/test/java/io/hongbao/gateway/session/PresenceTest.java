package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery.SessionOpened;
import io.hongbao.common.contract.Interest;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import io.hongbao.push.PushService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One device, several gateways: the newest session is the one that stays.
class PresenceTest {

  private final PushService push = new PushService(new SimpleMeterRegistry());
  private final TestGateway here = TestGateway.of(push);
  private final TestGateway there = TestGateway.of(push);

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  @Test
  void aSessionReplacesTheDevicesOlderOneOnAnotherGateway() {
    try (TestClient other = here.open(7, "laptop");
        TestClient another = here.open(8, "phone");
        TestClient older = here.open(7, "phone");
        TestClient newer = there.open(7, "phone")) {
      assertThat(older.closeCode()).isEqualTo(4504);
      newer.expectNothing();
      other.expectNothing();
      another.expectNothing();

      try (TestClient back = here.open(7, "phone")) {
        assertThat(newer.closeCode()).isEqualTo(4504);
        back.expectNothing();
      }
    }
  }

  @Test
  void oneOfTheSameMillisecondHearsAgainOfTheOneThatStays() throws InterruptedException {
    var told = new LinkedBlockingQueue<SessionOpened>();
    Interest.Link link = push.attach(delivery -> told.add((SessionOpened) delivery));
    link.addUser(7).toCompletableFuture().join();
    try (TestClient client = here.open(7, "phone")) {
      SessionOpened opened = told.poll(10, TimeUnit.SECONDS);
      long sessionId = opened.sessionId();
      var older = new SessionOpened(7, "phone", sessionId - 1, opened.openedAt() - 1);
      var elsewhere = new SessionOpened(7, "laptop", sessionId - 1, opened.openedAt());
      var inTheSame = new SessionOpened(7, "phone", sessionId - 1, opened.openedAt());
      List.of(older, elsewhere, inTheSame).forEach(push::publish);
      client.expectNothing();
      await().until(() -> told.size() >= 4);
      assertThat(told).containsExactlyInAnyOrder(older, elsewhere, inTheSame, opened);

      push.publish(new SessionOpened(7, "phone", sessionId + 1, opened.openedAt()));
      assertThat(client.closeCode()).isEqualTo(4504);
    } finally {
      link.close();
    }
  }

  @Test
  void sessionsThatAreOpenedAtOnceDoNotCloseEachOther() {
    var gate = new CompletableFuture<Void>();
    here.identity.waitFor(gate);
    there.identity.waitFor(gate);
    var pairs = new ArrayList<Pair>();
    for (int device = 0; device < 8; device++) {
      var pair = new Pair(here.connect(), there.connect());
      pairs.add(pair);
      String open = "{\"token\":\"user-7\",\"deviceId\":\"%d\"}".formatted(device);
      pair.here.send("session.open", open);
      pair.there.send("session.open", open);
    }
    gate.complete(null);

    for (Pair pair : pairs) {
      await().until(() -> pair.here.isClosed() || pair.there.isClosed());
      TestClient stays = pair.here.isClosed() ? pair.there : pair.here;
      assertThat(stays.next().has("data")).isTrue();
      stays.expectNothing();
    }
    pairs.forEach(pair -> pair.here.close());
    pairs.forEach(pair -> pair.there.close());
  }

  private record Pair(TestClient here, TestClient there) {}
}
