package io.hongbao.benchmarks.faults;

import io.hongbao.benchmarks.Ground;
import io.hongbao.benchmarks.ServerProcess;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.standalone.Main;
import io.hongbao.standalone.wire.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A server, its database and its Redis, each of which can be killed, stopped and started alone.
public final class Stage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Ground ground;
  private final int port;
  private final int managementPort;
  private final List<String> flags;
  private ServerProcess server;

  private Stage(Path folder, Ground ground, List<String> moreFlags) throws IOException {
    this.folder = folder;
    this.ground = ground;
    this.flags = new ArrayList<>(moreFlags);
    flags.add("-Dhongbao.clock-file=" + clockFile());
    this.port = FreePort.find();
    this.managementPort = FreePort.find();
    this.server = launch(Main.class);
  }

  /// @param flags more of the server's JVM
  public static Stage set(Path folder, String... flags) throws IOException {
    return new Stage(folder, Ground.prepare(folder), List.of(flags));
  }

  public int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  EmbeddedMariaDb database() {
    return ground.database();
  }

  EmbeddedRedis redis() {
    return ground.redis();
  }

  public ServerProcess server() {
    return server;
  }

  void killServer() {
    server.kill();
  }

  void stopServer() {
    server.close();
  }

  void startServer() throws IOException {
    server = launch(Main.class);
  }

  /// A server whose clock can be set off from the machine's.
  void startServerWithClock(Duration offset) throws IOException {
    stepClock(offset);
    server = launch(SteppedServer.class);
  }

  void stepClock(Duration offset) throws IOException {
    Files.writeString(clockFile(), Long.toString(offset.toMillis()));
  }

  /// The sum of a metric's samples.
  public long metric(String name) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
    String text = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return (long)
        text.lines()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  Connection connect() throws SQLException {
    return ground.connect();
  }

  /// Waits until the database answers.
  void awaitDatabase() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (var _ = connect()) {
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the database did not come back", e);
        }
      }
      Thread.sleep(20);
    }
  }

  /// The number of each group's last entry, once all that a killed server had begun is over.
  Map<String, Long> lastSeqs(Collection<String> groupIds) throws InterruptedException {
    try (var connection = connect()) {
      awaitAlone(connection);
      return LastSeqs.of(connection, groupIds);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the groups", e);
    }
  }

  @Override
  public void close() {
    server.close();
    ground.close();
    http.close();
  }

  /// Waits while a server that is gone still has connections, with the server's end in the middle
  /// of a commit.
  private void awaitAlone(Connection connection) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!server.isAlive() && System.nanoTime() < deadline) {
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  """
                  SELECT COUNT(*) FROM information_schema.processlist
                  WHERE id <> CONNECTION_ID() AND db = 'hongbao'
                  """)) {
        if (rows.next() && rows.getInt(1) == 0) {
          return;
        }
      }
      Thread.sleep(5);
    }
  }

  private Path clockFile() {
    return folder.resolve("clock-offset-ms");
  }

  private ServerProcess launch(Class<?> main) throws IOException {
    return ground.startHongbao(main, port, flags, List.of("--management.port=" + managementPort));
  }
}
