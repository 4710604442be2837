package io.hongbao.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program `mariadbd` and how it is called.
///
/// @param home the unpacked distribution
/// @param data the server's files
/// @param accounts SQL that is run at every start, before the first connection is taken
record MariaDb(Path home, Path data, Path accounts) implements LocalServer.Kind {

  /// More than any pool of ours may be configured to.
  private static final int CONNECTIONS_MAX = 1_200;

  private static final Duration INSTALL_TIME = Duration.ofMinutes(2);

  /// What a server needs to know its accounts; the help texts and the `sys` views are left out.
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "share/mariadb_system_tables.sql",
          "share/mariadb_performance_tables.sql",
          "share/mariadb_system_tables_data.sql");

  /// Makes the system tables: what `mariadb-install-db` does, which stumbles over a space in a
  /// folder's name. They are made under another name, so that an installation that was cut off is
  /// not taken for a whole one.
  static void install(Path home, Path data) throws IOException {
    Path unfinished = data.resolveSibling("data.unfinished");
    RuntimeFolder.delete(unfinished);
    Files.createDirectory(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path statements = data.resolveSibling("install.sql");
    Files.writeString(
        statements, "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket='root';\n");
    for (String file : SYSTEM_TABLES) {
      Files.write(statements, Files.readAllBytes(home.resolve(file)), StandardOpenOption.APPEND);
    }

    var command =
        new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <\"$0\"", statements.toString()));
    command.addAll(program(home, unfinished));
    command.add("--bootstrap");
    command.add("--max-allowed-packet=8M");
    Path log = data.resolveSibling("install.log");
    Path pidFile = data.resolveSibling("install.pid");
    try (var installer = GuardedProcess.start(command, log, pidFile, INSTALL_TIME)) {
      if (installer.awaitExit(INSTALL_TIME) != 0) {
        throw new EmbeddedStartException(
            "MariaDB cannot make its tables in " + data + ":\n" + LogTail.of(log));
      }
    }
    Files.delete(statements);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public Path executable() {
    return executable(home);
  }

  @Override
  public List<String> command(int port) {
    var command = new ArrayList<>(program(home, data));
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=",
            "--pid-file=" + data.resolve("server.pid"),
            "--init-file=" + accounts,
            "--skip-ssl",
            "--skip-name-resolve",
            "--local-infile=0",
            "--default-time-zone=+00:00",
            "--max-connections=" + CONNECTIONS_MAX,
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=256M"));
    return command;
  }

  @Override
  public boolean answers(Socket connection) throws IOException {
    return SqlGreeting.isIn(connection.getInputStream());
  }

  private static Path executable(Path home) {
    return home.resolve("bin/mariadbd");
  }

  /// A folder of its own: in a shared one every server that starts deletes what the others use.
  static Path temporary(Path data) {
    return data.resolveSibling("tmp");
  }

  private static List<String> program(Path home, Path data) {
    var program =
        new ArrayList<>(
            List.of(
                executable(home).toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                "--tmpdir=" + temporary(data),
                "--character-set-server=utf8mb4"));
    if ("root".equals(System.getProperty("user.name"))) {
      program.add("--user=root");
    }
    return program;
  }
}
