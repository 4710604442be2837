package io.hongbao.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program `mysqld` and how it is called.
///
/// @param home the unpacked distribution
/// @param data the server's files
/// @param accounts SQL that is run at every start, before the first connection is taken
record MySql(Path home, Path data, Path accounts) implements LocalServer.Kind {

  static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

  private static final Duration INSTALL_TIME = Duration.ofMinutes(3);
  private static final Duration LIST_TIME = Duration.ofSeconds(20);
  private static final String VERSION = "mysql-8.0.31";
  private static final Pattern MISSING = Pattern.compile("(\\S+) => not found");

  static Path unpack(RuntimeFolder runtime) {
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

  static List<String> missingLibraries(Path home) {
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

  static void install(Path home, Path data) throws IOException {
    Path unfinished = data.resolveSibling("data.unfinished");
    RuntimeFolder.delete(unfinished);
    var command = new ArrayList<>(common(home, unfinished));
    command.add("--initialize-insecure");
    run(command, data.resolveSibling("install"), INSTALL_TIME);
    Files.move(unfinished, data);
  }

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
    return SqlGreeting.isIn(connection.getInputStream());
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
}
