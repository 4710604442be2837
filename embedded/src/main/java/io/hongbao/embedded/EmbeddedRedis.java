package io.hongbao.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Redis 7.0 on a free loopback port, with a password; its data survive in a folder, but for the
/// last second before a crash.
public final class EmbeddedRedis implements AutoCloseable {

  private static final String VERSION = "7.0.15";

  /// Tests take one each.
  private static final int DATABASES = 4_096;

  /// How far below a cluster node's port lies that for the other nodes. Free ports are high.
  private static final int BUS_PORT_BELOW = 20_000;

  private static final int ANSWER_MILLIS = 5_000;

  /// Where a master is away the others go on with their slots.
  private static final String CLUSTER_CONFIG =
      """
      cluster-enabled yes
      cluster-announce-ip 127.0.0.1
      cluster-require-full-coverage no
      """;

  private final LocalServer server;
  private final String password;

  private EmbeddedRedis(LocalServer server, String password) {
    this.server = server;
    this.password = password;
  }

  /// Returns when the server takes commands.
  ///
  /// @param folder for data and log; used by one server at a time
  /// @param password letters and digits
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedRedis start(RuntimeFolder runtime, Path folder, String password) {
    return start(runtime, folder, password, false);
  }

  /// The same for a node of a cluster, which has no slots and knows no other node yet.
  static EmbeddedRedis startNode(RuntimeFolder runtime, Path folder, String password) {
    return start(runtime, folder, password, true);
  }

  private static EmbeddedRedis start(
      RuntimeFolder runtime, Path folder, String password, boolean inCluster) {
    Path home = unpack(runtime);
    try {
      Path data = Files.createDirectories(folder).toRealPath();
      String lines = config(data, password) + (inCluster ? CLUSTER_CONFIG : "");
      Path config = PrivateFile.write(data.resolve("redis.conf"), lines);
      var kind = new Redis(home.resolve("redis-server"), config, password, inCluster);
      return new EmbeddedRedis(LocalServer.start(kind, data), password);
    } catch (IOException e) {
      throw new EmbeddedStartException("Redis cannot use the folder " + folder, e);
    }
  }

  public String url() {
    return url(0);
  }

  /// @param database 0 to 4095
  public String url(int database) {
    if (database < 0 || database >= DATABASES) {
      throw new IllegalArgumentException("no such database: " + database);
    }
    return "redis://:%s@127.0.0.1:%d/%d".formatted(password, port(), database);
  }

  public int port() {
    return server.port();
  }

  /// Of a node of a cluster, the port on which it talks to the others.
  int busPort() {
    return busPort(port());
  }

  /// What a command of one line answers, as it comes over the wire, between two lines `+OK`.
  String ask(String command) {
    String lines = "AUTH %s\r\n%s\r\nQUIT\r\n".formatted(password, command);
    try (var connection = new Socket(InetAddress.getLoopbackAddress(), port())) {
      connection.setSoTimeout(ANSWER_MILLIS);
      connection.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = connection.getInputStream().readAllBytes();
      String answer = new String(bytes, StandardCharsets.UTF_8);
      if (answer.contains("\r\n-")) {
        throw new IllegalStateException(command + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int busPort(int port) {
    return port - BUS_PORT_BELOW;
  }

  /// Ends the server until [#restart]; port and data stay.
  public void stop() {
    server.stop();
  }

  /// Ends the server with SIGKILL until [#restart]; what it had not flushed yet, of the last
  /// second, may be lost.
  public void kill() {
    server.kill();
  }

  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Path unpack(RuntimeFolder runtime) {
    String system =
        switch (Platform.current()) {
          case LINUX_AMD64 -> "linux-amd64";
          case LINUX_ARM64 -> "linux-arm64";
          case MACOS_AMD64 -> "darwin-amd64";
          case MACOS_ARM64 -> "darwin-arm64";
          case OTHER ->
              throw new EmbeddedStartException(
                  "there is no embedded Redis for this kind of machine; give redis.url");
        };
    String program = "redis-server-" + VERSION + "-" + system;
    return runtime.folder(
        "redis-" + VERSION,
        home -> RuntimeFolder.copyFile(program, home.resolve("redis-server"), true));
  }

  private static String config(Path data, String password) {
    return """
    bind 127.0.0.1
    requirepass %s
    dir "%s"
    databases %d
    save ""
    appendonly yes
    appendfsync everysec
    maxmemory 512mb
    maxmemory-policy allkeys-lru
    """
        .formatted(password, data, DATABASES);
  }

  private record Redis(Path executable, Path config, String password, boolean inCluster)
      implements LocalServer.Kind {

    @Override
    public String name() {
      return "redis";
    }

    @Override
    public List<String> command(int port) {
      var command = new ArrayList<String>();
      command.addAll(List.of(executable.toString(), config.toString()));
      command.addAll(List.of("--port", String.valueOf(port)));
      if (inCluster) {
        command.addAll(List.of("--cluster-port", String.valueOf(busPort(port))));
      }
      return command;
    }

    @Override
    public boolean answers(Socket connection) throws IOException {
      byte[] commands = "AUTH %s\r\nPING\r\n".formatted(password).getBytes(StandardCharsets.UTF_8);
      connection.getOutputStream().write(commands);
      byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.UTF_8);
      byte[] answer = connection.getInputStream().readNBytes(expected.length);
      return java.util.Arrays.equals(answer, expected);
    }
  }
}
