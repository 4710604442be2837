package io.hongbao.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.RedPackets.Rush;
import io.hongbao.common.wire.Json;
import io.hongbao.standalone.wire.WireClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A crowd of chat clients, each on a WebSocket of its own, all of whom grab at once. Who is told
/// `rate_limited` comes again when the server says.
final class HongbaoRush implements AutoCloseable {

  private final WireClient sender;
  private final RushConnections crowd;
  private final String groupId;

  private HongbaoRush(WireClient sender, RushConnections crowd, String groupId) {
    this.sender = sender;
    this.crowd = crowd;
    this.groupId = groupId;
  }

  static HongbaoRush connect(HongbaoGroups groups, ServerProcess server)
      throws IOException, InterruptedException {
    var sender = WireClient.open(server.port(), groups.accounts().getFirst(), "sender");
    sender.ask("wallet.topup", Map.of("amountFen", 100_000_000, "clientTransferId", "bench"));
    var openings = new ArrayList<String>();
    for (int member = 0; member < groups.accounts().size(); member++) {
      openings.add(groups.opening(0, member));
    }
    return new HongbaoRush(
        sender, RushConnections.open(server.port(), openings), groups.groupId(0));
  }

  Rush rush(long number) {
    Map<String, Object> packet =
        WireClient.lucky(groupId, "bench" + number, 10_000, RedPackets.PLACES);
    String packetId = sender.ask("redpacket.send", packet).get("packetId").textValue();
    var tally = new Tally(request(Map.of("packetId", packetId)));
    tally.begin = System.nanoTime();
    crowd.ask(tally.grab, tally::answer);
    return tally.ended.join();
  }

  /// Kept by the loop of the connections.
  private final class Tally {
    private final String grab;
    private final CompletableFuture<Rush> ended = new CompletableFuture<>();
    private final boolean[] heard = new boolean[RedPackets.CONTENDERS];
    private volatile long begin;
    private long lastWin;
    private long lastHeard;
    private int won;
    private int settled;

    Tally(String grab) {
      this.grab = grab;
    }

    void answer(int contender, String reply) {
      long now = System.nanoTime();
      if (!heard[contender]) {
        heard[contender] = true;
        lastHeard = now;
      }
      if (reply.contains("\"grabbed\"")) {
        won++;
        lastWin = now;
      } else if (!reply.contains("\"empty\"")) {
        crowd.askLater(contender, grab, retryAfterMillis(reply));
        return;
      }
      if (++settled == heard.length) {
        ended.complete(
            new Rush(won, (lastWin - begin) / 1e9, (lastHeard - begin) / 1e9, (now - begin) / 1e9));
      }
    }

    private long retryAfterMillis(String reply) {
      JsonNode error = error(reply);
      if (!error.has("retryAfterMs")) {
        ended.completeExceptionally(new IllegalStateException(reply));
      }
      return error.path("retryAfterMs").asLong();
    }
  }

  private static JsonNode error(String reply) {
    try {
      return Json.mapper().readTree(reply).path("error");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(reply, e);
    }
  }

  private static String request(Map<String, Object> data) {
    return Json.text(Map.of("id", 2, "op", "redpacket.grab", "data", data));
  }

  /// Commits of the database from the sending of a packet until everybody knows.
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
    crowd.close();
    sender.close();
  }
}
