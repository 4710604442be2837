package io.hongbao.message.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands between a service and its database, and breaks a connection between a commit and the
/// answer to it: the transaction is durable, and who asked for it cannot know.
final class CommitCutter implements AutoCloseable {

  private final URI database;
  private final ServerSocket door;
  private final AtomicReference<@Nullable String> wanted = new AtomicReference<>();

  /// @param jdbcUrl of the database, unencrypted
  CommitCutter(String jdbcUrl) {
    this.database = URI.create(jdbcUrl.substring("jdbc:".length()));
    try {
      this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The database behind this.
  String jdbcUrl() {
    return "jdbc:"
        + database.toString().replace(":" + database.getPort(), ":" + door.getLocalPort());
  }

  /// Cuts the next commit of a transaction that writes this text.
  void cut(String text) {
    wanted.set(text);
  }

  boolean hasCut() {
    return wanted.get() == null;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        var link = new Link(client, new Socket(database.getHost(), database.getPort()));
        Thread.ofVirtual().start(link::toServer);
        Thread.ofVirtual().start(link::toClient);
      } catch (IOException _) {
        // the door is closed, or the database is away: the client sees it
      }
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private boolean hasText;
    private volatile boolean swallows;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void toServer() {
      forward(
          client,
          server,
          packets -> {
            String text = wanted.get();
            hasText |= text != null && packets.contains(text);
            if (hasText && packets.toUpperCase(Locale.ROOT).contains("COMMIT")) {
              hasText = false;
              swallows = true;
            }
            return true;
          });
    }

    void toClient() {
      forward(
          server,
          client,
          _ -> {
            if (swallows) {
              wanted.set(null);
            }
            return !swallows;
          });
    }

    private void forward(Socket from, Socket to, Predicate<String> passes) {
      byte[] buffer = new byte[1 << 16];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!passes.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
            return;
          }
          to.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException _) {
        // one side is gone, and with it the other
      }
    }
  }
}
