package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.NodeRole;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A whole cluster: two people, each on a gateway of their own, and nodes that come and go.
@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterTest {

  /// The entry by which the second of two who make a group comes in.
  private static final long BOTH_ARE_IN = 2;

  /// More than a push service takes after its start until it tells anybody.
  private static final Duration HOOK_SETTLES = Duration.ofSeconds(40);

  /// Less than a node that leaves waits for what it has in hand.
  private static final Duration WHILE_IT_WAITS = Duration.ofSeconds(3);

  private TestCluster cluster;
  private HookReceiver hook;

  @BeforeAll
  void start(TestServices services) throws Exception {
    hook = HookReceiver.start();
    cluster = TestCluster.start(services, hook.settings());
    await().until(() -> isReady(0) && isReady(1));
  }

  @AfterAll
  void stop() {
    cluster.close();
    hook.close();
  }

  @Test
  void peopleOnTwoGatewaysChat() {
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var bob = WireClient.join(cluster.port(1), "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.say(group, "hello");
      long last = bob.say(group, "hello yourself");
      await().until(() -> knows(ann, group, last) && knows(bob, group, last));
      bob.send("typing", Map.of("groupId", group));
      ann.await("typing", event -> event.get("userId").textValue().equals(bob.userId()));
      assertThat(history(ann, group)).isEqualTo(history(bob, group));
      ann.ask("group.remove", Map.of("groupId", group, "userIds", List.of(bob.userId())));
      assertThat(bob.refusal("message.send", WireClient.text(group, "x", "x")))
          .isEqualTo("not_a_member");
    }
  }

  @Test
  void aPacketGivenHereIsOpenedThere() {
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var bob = WireClient.join(cluster.port(1), "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.ask("wallet.topup", Map.of("amountFen", 1_000, "clientTransferId", "t"));
      JsonNode sent = ann.ask("redpacket.send", WireClient.lucky(group, "p", 600, 1));
      await().until(() -> knows(bob, group, sent.get("seq").longValue()));
      Map<String, String> packet = Map.of("packetId", sent.get("packetId").textValue());
      bob.ask("redpacket.grab", packet);
      assertThat(bob.ask("redpacket.open", packet).get("amountFen").longValue()).isEqualTo(600);
      bob.await("wallet", wallet -> wallet.get("balanceFen").longValue() == 600);
      ann.await("redpacket", event -> event.get("openedCount").intValue() == 1);
    }
  }

  @Test
  void aPictureSentHereIsSeenThere() {
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var bob = WireClient.join(cluster.port(1), "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      var small = Uploads.announcement("file", "text/plain", new byte[] {7});
      await().until(() -> isTaken(ann.send("media.prepare", small).join())); // it is connected
      byte[] content = {1, 2, 3};
      String mediaId =
          Uploads.upload(ann, "file", "text/plain", content).get("mediaId").textValue();
      long seq =
          ann.ask(
                  "message.send",
                  Map.of(
                      "groupId",
                      group,
                      "clientMessageId",
                      "f",
                      "type",
                      "file",
                      "content",
                      Map.of("mediaId", mediaId, "name", "a.txt")))
              .get("seq")
              .longValue();
      await().until(() -> knows(bob, group, seq));
      assertThat(Uploads.download(bob, mediaId)).isEqualTo(content);
    }
  }

  @Test
  void everythingGoesOnWhileAMessageServiceIsGone() {
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var bob = WireClient.join(cluster.port(1), "Bob")) {
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < 4; i++) { // so that both services have some
        groups.add(ann.createGroup("group " + i, bob.userId()));
      }
      cluster.stop(NodeRole.MESSAGE, 0);
      for (String group : groups) {
        say(ann, group, "while it is gone");
      }
      WireClient.join(cluster.port(1), "Cid").close();
      cluster.start(NodeRole.MESSAGE, 0);
      for (String group : groups) {
        long last = say(bob, group, "when it is back");
        assertThat(history(ann, group)).hasSize((int) last);
        await().until(() -> knows(ann, group, last) && knows(bob, group, last));
      }
    }
  }

  @Test
  void nothingIsMissedWhereAPushServiceRestarts() {
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var bob = WireClient.join(cluster.port(1), "Bob")) {
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        groups.add(ann.createGroup("group " + i, bob.userId()));
      }
      cluster.stop(NodeRole.PUSH, 0);
      groups.forEach(group -> say(ann, group, "while it is gone"));
      cluster.start(NodeRole.PUSH, 0);
      for (String group : groups) {
        long last = say(ann, group, "when it is back");
        await().until(() -> knows(bob, group, last));
      }
    }
  }

  /// It asks who is connected before that is lost to it.
  @Test
  void aPushServiceThatLeavesTellsTheHookOnlyWhoIsAway() {
    var away = WireClient.register(cluster.port(0), "Bob");
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var cid = WireClient.join(cluster.port(1), "Cid")) {
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < 8; i++) { // so that both push services have some
        groups.add(ann.createGroup("group " + i, away.userId(), cid.userId()));
      }
      groups.forEach(group -> say(ann, group, "is anybody there?"));
      await().atMost(HOOK_SETTLES).until(() -> hook.toldOf(away.userId()).containsAll(groups));
      int before = hook.toldOf(away.userId()).size();

      groups.forEach(group -> say(ann, group, "is he?"));
      cluster.stop(NodeRole.PUSH, 0);
      assertThat(hook.toldOf(away.userId())).hasSizeGreaterThan(before);
      cluster.start(NodeRole.PUSH, 0);
      assertThat(hook.toldOf(cid.userId())).isEmpty();
      assertThat(hook.toldOf(ann.userId())).isEmpty();
    }
  }

  @Test
  void redPacketServicesThatLeaveAnswerWhatTheyHave(TestServices services) throws Exception {
    leaveWithARequestInHand(
        services,
        NodeRole.REDPACKET,
        "wallet_topup",
        client ->
            client.send("wallet.topup", Map.of("amountFen", 1_000, "clientTransferId", "in hand")));
  }

  @Test
  void aMediaStorageThatLeavesAnswersWhatItHas(TestServices services) throws Exception {
    leaveWithARequestInHand(
        services,
        NodeRole.MEDIA,
        "media",
        client ->
            client.send(
                "media.prepare", Uploads.announcement("file", "text/plain", new byte[] {7})));
  }

  @Test
  void whoTalksToAGatewayThatLeavesGoesToTheOther() {
    var ann = WireClient.register(cluster.port(0), "Ann");
    try (var before = WireClient.open(cluster.port(1), ann, "d")) {
      String group = before.createGroup("alone");
      cluster.stop(NodeRole.GATEWAY, 1);
      before.await("reconnect", _ -> true);
      assertThat(before.awaitClose()).isEqualTo(4001);
      try (var after = WireClient.open(cluster.port(0), ann, "d")) {
        assertThat(history(after, group)).hasSize(1);
      }
    } finally {
      cluster.start(NodeRole.GATEWAY, 1);
      await().until(() -> isReady(1));
    }
  }

  @Test
  void theMetricsOfItsNodesAreThoseOfTheDocument() throws IOException {
    var shown = new TreeSet<String>();
    for (NodeRole role : NodeRole.values()) {
      shown.addAll(MetricsDocumentTest.shownOn(cluster.managementPort(role, 0)));
    }
    assertThat(Metrics.documented())
        .containsAll(shown)
        .filteredOn(name -> name.startsWith(MetricsDocumentTest.BETWEEN_NODES))
        .isSubsetOf(shown);
  }

  /// Stops all nodes of a role while a request to one of them waits for a table.
  private void leaveWithARequestInHand(
      TestServices services,
      NodeRole role,
      String table,
      Function<WireClient, CompletableFuture<JsonNode>> ask)
      throws Exception {
    List<Integer> numbers = IntStream.range(0, cluster.count(role)).boxed().toList();
    List<Integer> ports =
        numbers.stream().map(number -> cluster.managementPort(role, number)).toList();
    try (var ann = WireClient.join(cluster.port(0), "Ann");
        var mysql =
            DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
        var sql = mysql.createStatement()) {
      sql.execute("LOCK TABLES " + table + " WRITE");
      CompletableFuture<JsonNode> inHand = ask.apply(ann);
      await().until(() -> isWaitedFor(sql));
      List<Thread> leaving =
          numbers.stream()
              .map(number -> Thread.startVirtualThread(() -> cluster.stop(role, number)))
              .toList();
      await().atMost(WHILE_IT_WAITS).until(() -> ports.stream().noneMatch(ClusterTest::isReadyAt));
      assertThat(inHand).isNotDone();
      sql.execute("UNLOCK TABLES");
      assertThat(inHand.join().has("data")).isTrue();

      for (Thread each : leaving) {
        each.join();
      }
      numbers.forEach(number -> cluster.start(role, number));
      await().until(() -> isTaken(ask.apply(ann).join()));
    }
  }

  private static boolean isWaitedFor(Statement sql) throws SQLException {
    try (var rows =
        sql.executeQuery(
            """
            SELECT COUNT(*) FROM information_schema.processlist
            WHERE db = DATABASE() AND state LIKE 'Waiting for table%'
            """)) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  private boolean isReady(int gateway) {
    return isReadyAt(cluster.managementPort(NodeRole.GATEWAY, gateway));
  }

  private static boolean isReadyAt(int managementPort) {
    try {
      return WireClient.get(managementPort, "/health/ready").statusCode() == 200;
    } catch (IllegalStateException _) {
      return false; // it is gone: it had nothing in hand
    }
  }

  /// Says it until somebody takes it, as clients do.
  private static long say(WireClient client, String group, String text) {
    return await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> client.send("message.send", WireClient.text(group, text, text)).join(),
            ClusterTest::isTaken)
        .get("data")
        .get("seq")
        .longValue();
  }

  private static boolean isTaken(JsonNode reply) {
    assertThat(reply.path("error").path("code").asText("unavailable")).isEqualTo("unavailable");
    return reply.has("data");
  }

  private static List<String> history(WireClient client, String group) {
    List<String> messageIds = new ArrayList<>();
    client
        .ask("message.history", Map.of("groupId", group, "afterSeq", 0, "limit", 200))
        .get("messages")
        .forEach(message -> messageIds.add(message.get("messageId").textValue()));
    return messageIds;
  }

  /// Whether every entry since both are in came, or word that the log is to be read.
  private static boolean knows(WireClient client, String group, long lastSeq) {
    List<Long> live =
        client.messages(group).stream().map(message -> message.get("seq").longValue()).toList();
    long told =
        client.events("resync").stream()
            .map(event -> event.get("data"))
            .filter(resync -> resync.get("groupId").textValue().equals(group))
            .mapToLong(resync -> resync.get("lastSeq").longValue())
            .max()
            .orElse(0);
    return LongStream.rangeClosed(BOTH_ARE_IN, lastSeq)
        .allMatch(seq -> seq <= told || live.contains(seq));
  }
}
