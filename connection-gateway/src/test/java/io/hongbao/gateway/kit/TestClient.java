package io.hongbao.gateway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A chat client: the JDK's WebSocket and a queue of what came.
public final class TestClient implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long WAIT_SECONDS = 10;

  private final LinkedBlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private long lastId;

  private TestClient(WebSocket.Builder builder, URI uri) {
    try {
      socket = builder.buildAsync(uri, new Listener()).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public static TestClient connect(URI uri) {
    return connect(HTTP.newWebSocketBuilder().subprotocols("hongbao.v1.json"), uri);
  }

  public static TestClient connect(WebSocket.Builder builder, URI uri) {
    return new TestClient(builder, uri);
  }

  public WebSocket socket() {
    return socket;
  }

  /// Opens the session and returns the reply's data.
  public JsonNode open(String token, String deviceId) {
    JsonNode reply =
        request(
            "session.open", "{\"token\":\"%s\",\"deviceId\":\"%s\"}".formatted(token, deviceId));
    assertThat(reply.has("data")).as("opened: %s", reply).isTrue();
    return reply.get("data");
  }

  /// Sends a request and returns the next frame.
  public JsonNode request(String op, String data) {
    send(op, data);
    return next();
  }

  /// Sends a request with the next id.
  public long send(String op, String data) {
    lastId++;
    sendText("{\"id\":%d,\"op\":\"%s\",\"data\":%s}".formatted(lastId, op, data));
    return lastId;
  }

  public void sendText(String text) {
    socket.sendText(text, true).join();
  }

  public void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  public JsonNode next() {
    try {
      JsonNode frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("nothing came; closed: " + closed.getNow(null));
      }
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next frame, if one comes within `millis`.
  public @Nullable JsonNode poll(long millis) {
    try {
      return frames.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next frame must be the message with this number.
  public void expectMessage(long groupId, long seq) {
    JsonNode frame = next();
    assertThat(frame.path("event").asText()).as("%s", frame).isEqualTo("message");
    assertThat(frame.at("/data/groupId").asText()).isEqualTo(Long.toString(groupId));
    assertThat(frame.at("/data/seq").asLong()).as("%s", frame).isEqualTo(seq);
  }

  public void expectMessages(long groupId, long firstSeq, long lastSeq) {
    for (long seq = firstSeq; seq <= lastSeq; seq++) {
      expectMessage(groupId, seq);
    }
  }

  /// Nothing but the answer to a ping comes: whatever was due before would be here.
  public void expectNothing() {
    long id = send("session.ping", "{}");
    assertThat(next().path("id").asLong()).isEqualTo(id);
    assertThat(frames).isEmpty();
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  public int closeCode() {
    try {
      return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not closed", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(parse(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(1006);
    }
  }

  private static JsonNode parse(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
