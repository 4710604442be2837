package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// A new account that asks again, over a new connection where need be, until it is answered. Used
/// by one thread at a time.
final class Insistence implements AutoCloseable {

  private static final long PAUSE_MS = 100;

  private final IntSupplier gateway;
  private final WireClient.Account account;
  private @Nullable WireClient client;
  private volatile boolean closed;

  Insistence(IntSupplier gateway, String nickname) {
    this.gateway = gateway;
    this.account = WireClient.register(gateway.getAsInt(), nickname);
  }

  WireClient.Account account() {
    return account;
  }

  /// The reply's data.
  ///
  /// @throws IllegalStateException for a refusal that says more than to come again
  JsonNode ask(String op, Object data) {
    while (!closed) {
      try {
        JsonNode reply = client().send(op, data).join();
        if (reply.has("data")) {
          return reply.get("data");
        }
        String code = reply.get("error").get("code").textValue();
        if (!code.equals("unavailable") && !code.equals("rate_limited")) {
          throw new IllegalStateException(op + " was refused: " + reply);
        }
      } catch (CompletionException | AssertionError _) {
        hangUp(); // gone, or refused for now
      }
      pause();
    }
    throw new IllegalStateException("closed");
  }

  @Override
  public void close() {
    closed = true;
    hangUp();
  }

  private WireClient client() {
    WireClient open = client;
    if (open == null || open.isClosed()) {
      open = WireClient.open(gateway.getAsInt(), account, "insistent");
      client = open;
    }
    return open;
  }

  private void hangUp() {
    WireClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
