package io.hongbao.gateway.fanout;

import static io.hongbao.gateway.kit.FakePush.leaves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Deliveries were lost between the services and this node.
class RereadingTest {

  private static TestGateway server;

  @BeforeAll
  static void start() {
    server = TestGateway.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void putsConnectionsWhereTheyBelongAndTellsWhatWasMissed() {
    server.memberships.put(7, 10, 5);
    server.memberships.put(7, 20, 5);
    server.memberships.put(7, 40, 5);
    server.memberships.put(8, 10, 5);
    try (TestClient seven = server.open(7, "d");
        TestClient eight = server.open(8, "d")) {
      server.memberships.remove(7, 10);
      server.memberships.put(7, 20, 9);
      server.memberships.put(7, 30, 4);
      server.memberships.failNext(2);
      server.push.missed();

      assertThat(List.of(resync(seven.next()), resync(seven.next())))
          .containsExactlyInAnyOrder("20 9", "30 4");
      assertThat(server.push.groups()).containsExactlyInAnyOrder(10L, 20L, 30L, 40L);
      Stream.of(10, 30, 40).forEach(group -> server.push.run(group, 6, 6));
      server.push.run(20, 10, 10);
      eight.expectMessage(10, 6);
      seven.expectMessage(40, 6);
      seven.expectMessage(20, 10);
      assertThat(resync(seven.next())).isEqualTo("30 6");
      seven.expectNothing();
      eight.expectNothing();
    }
  }

  @Test
  void readsAgainWhereAChangeCameMeanwhile() {
    server.memberships.put(9, 50, 5);
    var readings = new AtomicInteger();
    try (TestClient nine = server.open(9, "d")) {
      server.memberships.afterReading(
          userId -> {
            if (userId == 9 && readings.incrementAndGet() == 1) {
              server.memberships.remove(9, 50);
              server.push.run(50, 6, 6, leaves(9, 6));
            }
          });
      server.push.missed();
      await().until(() -> readings.get() == 2);
      server.push.run(50, 7, 7);
      nine.expectNothing();
    } finally {
      server.memberships.afterReading(_ -> {});
    }
  }

  private static String resync(JsonNode frame) {
    assertThat(frame.path("event").asText()).as("%s", frame).isEqualTo("resync");
    return frame.at("/data/groupId").asText() + " " + frame.at("/data/lastSeq").asLong();
  }
}
