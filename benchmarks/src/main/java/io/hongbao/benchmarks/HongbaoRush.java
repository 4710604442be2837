package io.hongbao.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.RedPackets.Rush;
import io.hongbao.standalone.wire.WireClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A crowd of chat clients, each on a WebSocket of its own, all of whom grab at once. Who is told
/// `rate_limited` comes again when the server says.
final class HongbaoRush implements AutoCloseable {

  private final List<WireClient> clients;
  private final String groupId;

  private HongbaoRush(List<WireClient> clients, String groupId) {
    this.clients = clients;
    this.groupId = groupId;
  }

  static HongbaoRush connect(HongbaoGroups groups, ServerProcess server) {
    var clients = new ArrayList<WireClient>();
    for (WireClient.Account account : groups.accounts()) {
      clients.add(WireClient.open(server.port(), account, "bench"));
    }
    clients
        .getFirst()
        .ask("wallet.topup", Map.of("amountFen", 1_000_000, "clientTransferId", "bench"));
    return new HongbaoRush(clients, groups.groupId(0));
  }

  Rush rush(long number) {
    JsonNode sent =
        clients
            .getFirst()
            .ask(
                "redpacket.send",
                Map.of(
                    "groupId",
                    groupId,
                    "clientPacketId",
                    "bench" + number,
                    "kind",
                    "lucky",
                    "totalFen",
                    10_000,
                    "count",
                    RedPackets.PLACES));
    Map<String, Object> grab = Map.of("packetId", sent.get("packetId").textValue());
    var won = new AtomicInteger();
    var lastWin = new AtomicLong();
    long begin = System.nanoTime();
    List<CompletableFuture<Void>> last =
        clients.stream().map(client -> grab(client, grab, won, lastWin)).toList();
    last.forEach(CompletableFuture::join);
    return new Rush(won.get(), (lastWin.get() - begin) / 1e9, (System.nanoTime() - begin) / 1e9);
  }

  private static CompletableFuture<Void> grab(
      WireClient client, Map<String, Object> data, AtomicInteger won, AtomicLong lastWin) {
    return client
        .send("redpacket.grab", data)
        .thenCompose(
            reply -> {
              if (reply.has("error")) {
                long wait = reply.get("error").path("retryAfterMs").asLong(500);
                return CompletableFuture.supplyAsync(
                        () -> grab(client, data, won, lastWin),
                        CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS))
                    .thenCompose(again -> again);
              }
              if (reply.get("data").get("status").textValue().equals("grabbed")) {
                won.incrementAndGet();
                lastWin.set(System.nanoTime());
              }
              return CompletableFuture.completedFuture(null);
            });
  }

  /// Commits of the database in one more rush.
  long commits(Servers servers) throws SQLException {
    long before = committed(servers);
    var _ = rush(System.nanoTime());
    return committed(servers) - before;
  }

  private static long committed(Servers servers) throws SQLException {
    try (var connection = servers.pool().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_commit'")) {
      row.next();
      return row.getLong(2);
    }
  }

  @Override
  public void close() {
    clients.forEach(WireClient::close);
  }
}
