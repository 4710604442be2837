package io.hongbao.push.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Somebody's server that is told by webhook: keeps what came and answers as a test says, else 204.
final class Receiver implements AutoCloseable {

  /// An answer that never comes.
  static final int SILENCE = 0;

  private static final int NO_CONTENT = 204;

  record Post(String id, long timestamp, String signature, byte[] body) {

    JsonNode json() {
      try {
        return Json.mapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /// Such as `user 2 group 10 to 5: 3`, with an `@` where the user is mentioned.
    List<String> missed() {
      var all = new ArrayList<String>();
      for (JsonNode one : json().at("/data/missed")) {
        all.add(
            "user %s group %s to %d: %d%s"
                .formatted(
                    one.get("userId").textValue(),
                    one.get("groupId").textValue(),
                    one.get("lastSeq").asLong(),
                    one.get("count").asInt(),
                    one.get("mentioned").asBoolean() ? " @" : ""));
      }
      return all;
    }
  }

  private final LinkedBlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile int otherwise = NO_CONTENT;

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
  }

  void answerNext(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  void answerAlways(int status) {
    otherwise = status;
  }

  Post next() {
    try {
      Post post = posts.poll(10, TimeUnit.SECONDS);
      if (post == null) {
        throw new AssertionError("nothing was posted");
      }
      return post;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isIdle() {
    return posts.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    posts.add(
        new Post(
            headers.getFirst("webhook-id"),
            Long.parseLong(headers.getFirst("webhook-timestamp")),
            headers.getFirst("webhook-signature"),
            exchange.getRequestBody().readAllBytes()));
    Integer answer = answers.poll();
    int status = answer == null ? otherwise : answer;
    if (status != SILENCE) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }
}
