package io.hongbao.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A guarded server process on a free loopback port, which it keeps when it is stopped and started
/// again. A server that ends by itself is started again on the same port.
final class LocalServer implements AutoCloseable {

  /// What is special about the one server.
  interface Kind {
    String name();

    Path executable();

    List<String> command(int port);

    /// Whether the server behind this fresh connection takes requests.
    boolean answers(Socket connection) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);

  /// Until a server answers; recovery after a crash is part of it.
  private static final Duration START_TIME = Duration.ofSeconds(90);

  private static final Duration STOP_TIME = Duration.ofSeconds(15);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PROBE_PAUSE = Duration.ofMillis(15);
  private static final Duration REVIVAL_PAUSE = Duration.ofSeconds(1);

  /// A free port may be taken by somebody else before the server has it.
  private static final int PORTS_TRIED_MAX = 5;

  private final Kind kind;
  private final Path log;
  private final Path pidFile;
  private int port;
  private @Nullable GuardedProcess process;

  private LocalServer(Kind kind, Path folder) {
    this.kind = kind;
    this.log = folder.resolve(kind.name() + ".log");
    this.pidFile = folder.resolve(kind.name() + ".pid");
  }

  /// @param folder where the server's log and pid file are written
  static LocalServer start(Kind kind, Path folder) {
    var server = new LocalServer(kind, folder);
    Orphan.awaitEnd(server.pidFile, kind.executable());
    for (int attempt = 1; ; attempt++) {
      server.port = FreePort.find();
      try {
        server.start();
        return server;
      } catch (EmbeddedStartException e) {
        if (attempt == PORTS_TRIED_MAX || !LogTail.of(server.log).says("ddress already in use")) {
          throw e;
        }
      }
    }
  }

  int port() {
    return port;
  }

  /// Starts the server on its port again and waits until it answers; nothing where it runs.
  synchronized void start() {
    if (process != null) {
      return;
    }
    deleteIfExists(log);
    GuardedProcess started = GuardedProcess.start(kind.command(port), log, pidFile, STOP_TIME);
    try {
      awaitAnswer(started);
    } catch (EmbeddedStartException e) {
      started.close();
      throw e;
    }
    process = started;
    Thread.startVirtualThread(() -> revive(started));
  }

  /// Stops the server in order and waits for it, bounded in time.
  void stop() {
    end(GuardedProcess::close);
  }

  /// Kills the server with SIGKILL; it is away until [#start].
  void kill() {
    end(GuardedProcess::kill);
  }

  private synchronized void end(Consumer<GuardedProcess> how) {
    GuardedProcess running = process;
    process = null;
    if (running != null) {
      how.accept(running);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void revive(GuardedProcess started) {
    try {
      int status = started.awaitExit();
      TimeUnit.NANOSECONDS.sleep(REVIVAL_PAUSE.toNanos());
      synchronized (this) {
        if (process == started) {
          LOG.error("{} ended by itself, status={}; starting it again", kind.name(), status);
          process = null;
          start();
        }
      }
    } catch (EmbeddedStartException e) {
      LOG.error("{} did not start again", kind.name(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAnswer(GuardedProcess started) {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    while (!answers()) {
      if (!started.isAlive()) {
        throw new EmbeddedStartException(
            kind.name() + " did not start; the end of " + log + ":\n" + LogTail.of(log));
      }
      if (System.nanoTime() > deadline) {
        throw new EmbeddedStartException(
            "%s did not answer within %d s; see %s"
                .formatted(kind.name(), START_TIME.toSeconds(), log));
      }
      pause(PROBE_PAUSE);
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      int timeout = Math.toIntExact(PROBE_TIMEOUT.toMillis());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
      socket.setSoTimeout(timeout);
      return kind.answers(socket);
    } catch (IOException _) {
      return false; // not listening yet, or not answering yet
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("interrupted", e);
    }
  }

  private static void deleteIfExists(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
