package io.hongbao.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed while packets are sent, grabbed, opened and booked.
final class KilledPacketsTest {

  private static final int USERS = 8;
  private static final int PACKETS = 12;
  private static final int FUNDS = 100_000;

  @Test
  void everyAmountToldIsKeptAndEveryFenIsThere(@TempDir Path data) throws Exception {
    try (ServerJvm server = ServerJvm.start(data, Map.of())) {
      var accounts = new ArrayList<WireClient.Account>();
      for (int i = 0; i < USERS; i++) {
        accounts.add(WireClient.register(server.port(), "User" + i));
      }
      String group;
      try (var owner = WireClient.open(server.port(), accounts.getFirst(), "d")) {
        group =
            owner.createGroup(
                "friends",
                accounts.stream().skip(1).map(WireClient.Account::userId).toArray(String[]::new));
        owner.ask("wallet.topup", Map.of("amountFen", FUNDS, "clientTransferId", "t"));
      }
      Map<String, Long> told = storm(server, accounts, group);

      server.startAgain();

      assertThat(reconcile(data)).isZero();
      carryOn(server, accounts, group, told);
      assertThat(reconcile(data)).isZero();
    }
  }

  /// Everybody grabs and opens whatever comes, until the server dies. What was told of openings.
  private static Map<String, Long> storm(
      ServerJvm server, List<WireClient.Account> accounts, String group) throws Exception {
    var opened = new HashMap<String, CompletableFuture<JsonNode>>();
    var clients = new ArrayList<WireClient>();
    try {
      for (WireClient.Account account : accounts) {
        clients.add(WireClient.open(server.port(), account, "d"));
      }
      for (int i = 0; i < PACKETS; i++) {
        if (i == PACKETS - 1) {
          clients.getFirst().send("redpacket.send", packet(group, i));
          server.kill();
          break;
        }
        JsonNode sent = clients.getFirst().ask("redpacket.send", packet(group, i));
        String packetId = sent.get("packetId").textValue();
        for (WireClient client : clients) {
          var _ = client.send("redpacket.grab", Map.of("packetId", packetId));
          opened.put(
              packetId + "/" + client.userId(),
              client.send("redpacket.open", Map.of("packetId", packetId)));
        }
      }
      clients.forEach(WireClient::awaitClose);
    } finally {
      clients.forEach(WireClient::close);
    }
    var told = new HashMap<String, Long>();
    opened.forEach(
        (claim, reply) -> {
          if (reply.isDone() && !reply.isCompletedExceptionally()) {
            JsonNode amount = reply.join().path("data").path("amountFen");
            if (amount.isNumber()) {
              told.put(claim, amount.longValue());
            }
          }
        });
    assertThat(told).isNotEmpty();
    return told;
  }

  private static void carryOn(
      ServerJvm server, List<WireClient.Account> accounts, String group, Map<String, Long> told) {
    var clients = new ArrayList<WireClient>();
    try {
      for (WireClient.Account account : accounts) {
        clients.add(WireClient.open(server.port(), account, "d"));
      }
      WireClient owner = clients.getFirst();
      for (int i = 0; i < PACKETS; i++) {
        String packetId = owner.ask("redpacket.send", packet(group, i)).get("packetId").textValue();
        for (WireClient client : clients) {
          var _ = client.send("redpacket.grab", Map.of("packetId", packetId)).join();
          JsonNode open =
              client.send("redpacket.open", Map.of("packetId", packetId)).join().path("data");
          Long before = told.get(packetId + "/" + client.userId());
          if (before != null) {
            assertThat(open.path("amountFen").longValue()).isEqualTo(before);
          }
        }
      }
      JsonNode history =
          owner.ask("message.history", Map.of("groupId", group, "afterSeq", 0, "limit", 200));
      long entries = 0;
      for (JsonNode message : history.get("messages")) {
        entries += message.get("type").textValue().equals("redpacket") ? 1 : 0;
      }
      assertThat(entries).isEqualTo(PACKETS);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  clients.stream()
                          .mapToLong(
                              it -> it.ask("wallet.get", Map.of()).get("balanceFen").longValue())
                          .sum()
                      == FUNDS);
    } finally {
      clients.forEach(WireClient::close);
    }
  }

  private static Map<String, Object> packet(String group, int number) {
    return WireClient.lucky(group, "p" + number, 1_000, 4);
  }

  /// The exit status of `./hongbao reconcile` beside the running server.
  private static int reconcile(Path data) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("io.hongbao.standalone.Main", "reconcile", "--data", data.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
