package io.hongbao.gateway.fanout;

import static io.hongbao.gateway.kit.FakePush.joins;
import static io.hongbao.gateway.kit.FakePush.leaves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery;
import io.hongbao.gateway.kit.FakePush;
import io.hongbao.gateway.kit.RawClient;
import io.hongbao.gateway.kit.TestClient;
import io.hongbao.gateway.kit.TestGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deliveries over real sockets, on two event loops.
class FanoutTest {

  private final TestGateway server =
      TestGateway.start("gateway.event-loops", "2", "gateway.write-buffer-bytes", "65536");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bringsALogToAllMembersInOrder() {
    var clients = new ArrayList<TestClient>();
    for (int user = 1; user <= 10; user++) {
      server.memberships.put(user, 10, 0);
      clients.add(server.open(user, "d"));
    }
    for (int seq = 1; seq <= 200; seq += 2) {
      server.push.run(10, seq, seq + 1);
    }

    for (TestClient client : clients) {
      client.expectMessages(10, 1, 200);
      client.close();
    }
  }

  @Test
  void followsJoinsAndRemovalsOnAllLoops() {
    server.memberships.put(1, 10, 0);
    try (TestClient one = server.open(1, "d");
        TestClient two = server.open(2, "a");
        TestClient twoAgain = server.open(2, "b");
        TestClient three = server.open(3, "d")) {
      server.push.run(10, 1, 1);
      server.push.run(10, 2, 2, joins(2, 2), joins(3, 2));
      server.push.run(10, 3, 4);
      server.push.run(10, 5, 5, leaves(3, 5));
      server.push.run(10, 6, 6);

      one.expectMessages(10, 1, 6);
      two.expectMessages(10, 2, 6);
      twoAgain.expectMessages(10, 2, 6);
      three.expectMessages(10, 2, 4);
      three.expectNothing();
    }
    await().until(() -> server.push.groups().isEmpty() && server.push.users().isEmpty());
  }

  @Test
  void replacesADeviceOnAnyLoop() {
    for (int i = 0; i < 6; i++) {
      try (TestClient older = server.open(7, "phone");
          TestClient newer = server.open(7, "phone")) {
        assertThat(older.closeCode()).isEqualTo(4504);
        newer.expectNothing();
      }
    }
  }

  @Test
  void leavesAnotherLoopsMembersWhereOneLoopsAreGone() {
    for (int user = 1; user <= 6; user++) {
      server.memberships.put(user, 10, 0);
    }
    try (TestClient last = server.open(6, "d")) {
      for (int user = 1; user <= 5; user++) {
        server.open(user, "d").close();
      }
      await().until(() -> server.push.users().size() == 1);
      server.push.run(10, 1, 1);
      last.expectMessage(10, 1);
    }
  }

  @Test
  void sendsLongEvents() {
    server.memberships.put(1, 10, 0);
    try (TestClient client = server.open(1, "d")) {
      for (int seq = 1; seq <= 3; seq++) {
        server.push.publish(FakePush.runOf(10, seq, seq, "字".repeat(seq * 20_000)));
        client.expectMessage(10, seq);
      }
    }
  }

  @Test
  void boundsWhatWaitsForASlowClientAndRepairsItLater() throws IOException {
    for (int user = 1; user <= 2; user++) {
      server.memberships.put(user, 10, 0);
      server.memberships.put(user, 20, 0);
    }
    try (RawClient slow = RawClient.connect(server.uri());
        TestClient fast = server.open(2, "d")) {
      slow.open("user-1", "d");
      server.push.run(20, 1, 1);
      fast.expectMessage(20, 1);
      int seq = 0;
      while (skipped(server) < 1 || seq < 100) {
        seq++;
        server.push.publish(FakePush.runOf(10, seq, seq, "x".repeat(50_000)));
        fast.expectMessage(10, seq);
      }
      assertThat(slow.readText()).contains("\"20\"");
      long read = 0;
      String frame = slow.readText();
      while (frame.contains("\"message\"")) {
        read++;
        assertThat(frame).contains("\"seq\":" + read + ",");
        frame = slow.readText();
      }
      assertThat(frame)
          .isEqualTo(
              "{\"event\":\"resync\",\"data\":{\"groupId\":\"10\",\"lastSeq\":%d}}".formatted(seq));
      assertThat(read).isLessThan(seq);

      server.push.run(10, seq + 1, seq + 1);
      server.push.run(20, 2, 2);
      assertThat(slow.readText()).contains("\"seq\":" + (seq + 1) + ",");
      assertThat(slow.readText()).contains("\"20\"");
    }
  }

  @Test
  void endsAClientThatStaysTooSlow() throws IOException {
    try (var impatient = TestGateway.start("gateway.slow-timeout", "PT0.5S");
        RawClient slow = RawClient.connect(impatient.uri())) {
      impatient.memberships.put(1, 10, 0);
      slow.open("user-1", "d");
      for (int seq = 1; skipped(impatient) < 1; seq++) {
        impatient.push.publish(FakePush.runOf(10, seq, seq, "x".repeat(50_000)));
      }
      await().until(() -> impatient.counter("hongbao.gateway.closes", "code", "4008") == 1);
      assertThat(impatient.push.users()).isEmpty();
      assertThat(slow.closeCode()).isEqualTo(4008);
    }
  }

  @Test
  void sendsSignalsToUsersOnAllLoops() {
    try (TestClient a = server.open(1, "a");
        TestClient b = server.open(1, "b");
        TestClient c = server.open(2, "c")) {
      server.push.publish(
          new Delivery.UserSignal(List.of(1L, 2L), 0, FakePush.event(10, 1, "hello")));
      a.expectMessage(10, 1);
      b.expectMessage(10, 1);
      c.expectMessage(10, 1);
    }
  }

  private static double skipped(TestGateway gateway) {
    return gateway.counter("hongbao.gateway.skipped");
  }
}
