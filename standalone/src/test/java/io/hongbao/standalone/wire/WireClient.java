package io.hongbao.standalone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A chat client as anyone could write it from `docs/protocol.md`: one account, one connection.
public final class WireClient implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = 15;

  /// An account with its token.
  public record Account(String userId, String username, String token) {}

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final Account account;
  private final @Nullable Consumer<JsonNode> listener;
  private final WebSocket socket;

  private WireClient(int port, Account account, @Nullable Consumer<JsonNode> listener) {
    this.account = account;
    this.listener = listener;
    this.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("hongbao.v1.json")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Frames())
            .join();
  }

  public static Account register(int port, String nickname) {
    String username = "u" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
    HttpResponse<String> response =
        post(
            port,
            "/api/v1/accounts",
            Map.of("username", username, "password", "correct horse", "nickname", nickname));
    if (response.statusCode() != 201) {
      throw new IllegalStateException("no account: " + response.body());
    }
    JsonNode body = json(response.body());
    return new Account(body.get("userId").textValue(), username, body.get("token").textValue());
  }

  public static HttpResponse<String> post(int port, String path, Object body) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  static HttpResponse<String> get(int port, String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  /// A new account with an open session.
  static WireClient join(int port, String nickname) {
    return open(port, register(port, nickname), "device-1");
  }

  public static WireClient open(int port, Account account, String deviceId) {
    WireClient client = new WireClient(port, account, null);
    client.ask("session.open", Map.of("token", account.token(), "deviceId", deviceId));
    return client;
  }

  /// A connection that has not opened its session.
  public static WireClient connect(int port, Account account) {
    return new WireClient(port, account, null);
  }

  /// A connection whose events go to a listener, one after the other, and are not kept.
  public static WireClient connect(int port, Account account, Consumer<JsonNode> listener) {
    return new WireClient(port, account, listener);
  }

  Account account() {
    return account;
  }

  public String userId() {
    return account.userId();
  }

  /// Sends a request and returns the whole reply.
  public CompletableFuture<JsonNode> send(String op, Object data) {
    long id = ids.incrementAndGet();
    var reply = new CompletableFuture<JsonNode>();
    replies.put(id, reply);
    if (closed.isDone()) {
      lose(reply); // it may have been too late for the others' end
    }
    ObjectNode envelope = Json.mapper().createObjectNode().put("id", id).put("op", op);
    envelope.set("data", Json.mapper().valueToTree(data));
    raw(envelope.toString());
    return reply.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void raw(String frame) {
    synchronized (socket) {
      socket.sendText(frame, true).join();
    }
  }

  void rawBinary(byte[] frame) {
    synchronized (socket) {
      socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }
  }

  /// Sends a request that must succeed and returns its data.
  public JsonNode ask(String op, Object data) {
    JsonNode reply = send(op, data).join();
    if (!reply.has("data")) {
      throw new AssertionError(op + " was refused: " + reply);
    }
    return reply.get("data");
  }

  /// Sends a request that must be refused and returns its error.
  JsonNode refused(String op, Object data) {
    JsonNode reply = send(op, data).join();
    if (!reply.has("error")) {
      throw new AssertionError(op + " was not refused: " + reply);
    }
    return reply.get("error");
  }

  String refusal(String op, Object data) {
    return refused(op, data).get("code").textValue();
  }

  /// The next reply to a request that was sent raw with this id.
  CompletableFuture<JsonNode> replyTo(long id) {
    return replies
        .computeIfAbsent(id, _ -> new CompletableFuture<>())
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// All events so far.
  List<JsonNode> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  List<JsonNode> events(String name) {
    return events().stream().filter(e -> e.get("event").textValue().equals(name)).toList();
  }

  /// The `message` events of one group so far.
  List<JsonNode> messages(String groupId) {
    return events("message").stream()
        .map(e -> e.get("data"))
        .filter(m -> m.get("groupId").textValue().equals(groupId))
        .toList();
  }

  /// Waits for the first event of this name, of all that ever came, that the predicate takes.
  JsonNode await(String name, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (events) {
      while (true) {
        for (JsonNode event : events) {
          if (event.get("event").textValue().equals(name) && wanted.test(event.get("data"))) {
            return event.get("data");
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("no event " + name + " among " + events);
        }
        try {
          events.wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  public JsonNode awaitMessage(String groupId, long seq) {
    return await(
        "message",
        m -> m.get("groupId").textValue().equals(groupId) && m.get("seq").longValue() == seq);
  }

  /// Waits until the server closes and returns the code; 1006 for an end without a close frame.
  public int awaitClose() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  public String createGroup(String name, String... memberIds) {
    return ask(
            "group.create",
            Map.of(
                "clientGroupId",
                "g" + ids.incrementAndGet() + name.hashCode(),
                "name",
                name,
                "memberIds",
                List.of(memberIds)))
        .get("group")
        .get("groupId")
        .textValue();
  }

  /// Sends a text and returns its seq.
  long say(String groupId, String text) {
    return ask("message.send", text(groupId, "m" + ids.incrementAndGet(), text))
        .get("seq")
        .longValue();
  }

  /// The data of a `message.send`.
  public static Map<String, Object> text(String groupId, String key, String text) {
    return Map.of(
        "groupId",
        groupId,
        "clientMessageId",
        key,
        "type",
        "text",
        "content",
        Map.of("text", text));
  }

  /// The data of a lucky packet to send.
  public static Map<String, Object> lucky(String groupId, String key, long totalFen, int count) {
    return Map.of(
        "groupId",
        groupId,
        "clientPacketId",
        key,
        "kind",
        "lucky",
        "totalFen",
        totalFen,
        "count",
        count);
  }

  @Override
  public void close() {
    socket.abort();
    ended(1006);
  }

  /// What was asked gets no answer any more.
  private void ended(int status) {
    closed.complete(status);
    replies.values().forEach(this::lose);
  }

  private void lose(CompletableFuture<JsonNode> reply) {
    reply.completeExceptionally(
        new IllegalStateException("the connection has ended with " + closed.join()));
  }

  private CompletableFuture<JsonNode> take(long id) {
    CompletableFuture<JsonNode> waiting = replies.remove(id);
    return waiting != null ? waiting : replies.computeIfAbsent(id, _ -> new CompletableFuture<>());
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode frame = json(text.toString());
        text.setLength(0);
        if (frame.has("id")) {
          take(frame.get("id").longValue()).complete(frame);
        } else if (listener != null) {
          listener.accept(frame);
        } else {
          synchronized (events) {
            events.add(frame);
            events.notifyAll();
          }
        }
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended(status);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended(1006);
    }
  }
}
