package io.hongbao.standalone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// An operator's server that is told by webhook who has missed something.
public final class HookReceiver implements AutoCloseable {

  private static final int NO_CONTENT = 204;

  private record Missed(String userId, String groupId) {}

  private final List<Missed> all = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private HookReceiver(HttpServer server) {
    this.server = server;
  }

  public static HookReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var receiver = new HookReceiver(server);
    server.createContext("/hook", receiver::take);
    server.start();
    return receiver;
  }

  /// What leads a server's hook here.
  public Map<String, String> settings() {
    return Map.of(
        "hook.url",
        "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()),
        "hook.secret",
        "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  }

  /// The groups in which a user has missed something, once for each time that it was told.
  public List<String> toldOf(String userId) {
    return all.stream().filter(m -> m.userId.equals(userId)).map(Missed::groupId).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode post = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
    for (JsonNode one : post.at("/data/missed")) {
      all.add(new Missed(one.get("userId").textValue(), one.get("groupId").textValue()));
    }
    exchange.sendResponseHeaders(NO_CONTENT, -1);
    exchange.close();
  }
}
