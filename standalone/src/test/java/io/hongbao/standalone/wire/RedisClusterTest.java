package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedRedisCluster;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.standalone.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// A whole server on a Redis Cluster that loses a master: what documents say of "Redis is away"
/// holds for that master's keys, and everything goes on for all others.
@TestInstance(Lifecycle.PER_CLASS)
final class RedisClusterTest {

  private static final Path DATA = Path.of("target/redis-cluster-data");
  private static final RuntimeFolder RUNTIME =
      new RuntimeFolder(Path.of(System.getProperty("hongbao.runtime", "target/runtime")));

  private EmbeddedRedisCluster cluster;
  private Server server;
  private int packets;

  @BeforeAll
  void start() {
    ServerExtension.empty(DATA);
    cluster = EmbeddedRedisCluster.start(RUNTIME, DATA.resolve("masters"), "first1");
    var settings = new HashMap<>(ServerExtension.settings(DATA.resolve("server")));
    settings.put("redis.url", cluster.url());
    server = Server.start(Settings.of(settings));
  }

  @AfterAll
  void stop() {
    server.close();
    cluster.close();
    ServerExtension.empty(DATA);
  }

  @Test
  void aMasterIsKilledAndComesBack() {
    try (var ann = WireClient.join(server.port(), "Ann");
        var bob = WireClient.join(server.port(), "Bob")) {
      String group = ann.createGroup("friends", bob.userId());
      ann.ask("wallet.topup", Map.of("amountFen", 100_000, "clientTransferId", "t"));
      chats(ann, bob, group);
      meet("1000", ann, bob);

      EmbeddedRedis away = cluster.master("unread:{" + bob.userId() + "}");
      away.stop();

      chats(ann, bob, group);
      for (String packetId : packetsOfEveryMaster(ann, group)) {
        assertThat(status(ann, "redpacket.grab", packetId)).isEqualTo("grabbed");
        assertThat(status(ann, "redpacket.open", packetId)).isEqualTo("opened");
        assertThat(status(bob, "redpacket.grab", packetId)).isEqualTo("empty");
      }
      try (var cid = somebodyNotOf(away);
          var dan = somebodyNotOf(away)) {
        meet(codeOf(away, false), cid, dan);
        assertThat(cid.refusal("face.enter", Map.of("code", codeOf(away, true))))
            .isEqualTo("unavailable");
        away.restart();
        await().atMost(Duration.ofSeconds(20)).until(() -> canEnter(codeOf(away, true), away));
      }
      chats(ann, bob, group);
    }
  }

  /// A message arrives, is counted as unread, and read.
  private void chats(WireClient from, WireClient to, String group) {
    long seq = from.say(group, "hello");
    to.awaitMessage(group, seq);
    for (int i = 0; i < 3; i++) {
      assertThat(unread(to, group)).isPositive();
    }
    to.ask("message.read", Map.of("groupId", group, "seq", seq));
    await().until(() -> unread(to, group) == 0);
    WireClient.join(server.port(), "New").close();
  }

  private static int unread(WireClient client, String group) {
    for (JsonNode conversation : client.ask("conversation.list", Map.of()).get("conversations")) {
      if (conversation.at("/group/groupId").textValue().equals(group)) {
        return conversation.get("unread").intValue();
      }
    }
    throw new AssertionError("no such conversation");
  }

  private static void meet(String code, WireClient first, WireClient second) {
    for (WireClient client : List.of(first, second)) {
      client.ask("face.enter", Map.of("code", code));
    }
    JsonNode made = first.ask("face.confirm", Map.of("code", code));
    assertThat(second.ask("face.confirm", Map.of("code", code)).at("/group/groupId"))
        .isEqualTo(made.at("/group/groupId"));
  }

  /// Whether a code can be entered, by somebody new each time: one may only try so often.
  private boolean canEnter(String code, EmbeddedRedis master) {
    try (var client = somebodyNotOf(master)) {
      return client.send("face.enter", Map.of("code", code)).join().has("data");
    }
  }

  /// Packets with one place, until each master has the tickets of one.
  private List<String> packetsOfEveryMaster(WireClient sender, String group) {
    var packetIds = new HashMap<EmbeddedRedis, String>();
    while (packetIds.size() < 3) {
      Map<String, Object> packet = WireClient.lucky(group, "p" + packets++, 100, 1);
      String packetId = sender.ask("redpacket.send", packet).get("packetId").textValue();
      packetIds.put(cluster.master("{rp:" + packetId + "}:m"), packetId);
    }
    return List.copyOf(packetIds.values());
  }

  private static String status(WireClient client, String op, String packetId) {
    return client.ask(op, Map.of("packetId", packetId)).get("status").textValue();
  }

  private WireClient somebodyNotOf(EmbeddedRedis master) {
    while (true) {
      WireClient client = WireClient.join(server.port(), "Cid");
      if (cluster.master("face:user:{" + client.userId() + "}") != master) {
        return client;
      }
      client.close();
    }
  }

  /// A code whose rooms a master has, or another.
  private String codeOf(EmbeddedRedis master, boolean isOf) {
    return IntStream.range(2_000, 3_000)
        .mapToObj(Integer::toString)
        .filter(code -> (cluster.master("face:{" + code + "}:ends") == master) == isOf)
        .findFirst()
        .orElseThrow();
  }
}
