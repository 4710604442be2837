package io.hongbao.standalone;

import io.hongbao.common.config.Settings;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.redpacket.reconcile.Finding;
import io.hongbao.redpacket.reconcile.Reconciliation;
import io.hongbao.standalone.MySqlLogin.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `./hongbao reconcile`: checks every rule of money over everything there is. On the operator's
/// MySQL, on the embedded database of the server that runs, or on one that is started for it.
final class Reconcile {

  private static final int CONNECTIONS = 4;
  private static final int IDS_SHOWN_MAX = 20;

  private Reconcile() {}

  /// @param lines for people
  record Result(boolean right, List<String> lines) {}

  /// @throws CannotStartException where the database can't be reached
  static Result run(Settings settings) {
    var parts = new Parts();
    try {
      return check(database(settings, parts));
    } finally {
      parts.close();
    }
  }

  static Result check(Database database) {
    var reconciliation = new Reconciliation(database);
    List<Finding> findings = new ArrayList<>(reconciliation.check(Reconciliation.EVERYTHING));
    findings.addAll(reconciliation.late());
    long drift = reconciliation.driftFen();
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          "does not hold: %s (%d of %s: %s)"
              .formatted(
                  finding.rule(),
                  finding.ids().size(),
                  finding.of().name().toLowerCase(Locale.ROOT),
                  finding.ids().stream().limit(IDS_SHOWN_MAX).toList()));
    }
    lines.add("money drift: " + drift + " fen");
    boolean right = findings.isEmpty() && drift == 0;
    lines.add(right ? "every rule holds" : "rules that do not hold: " + findings.size());
    return new Result(right, lines);
  }

  private static Database database(Settings settings, Parts parts) {
    if (!settings.get(Settings.MYSQL_URL).isEmpty()) {
      return pool(MySqlLogin.of(settings), parts);
    }
    Path folder = settings.get(Settings.DATA);
    try {
      Path noted = folder.resolve(Stores.EMBEDDED_DATABASE);
      if (DataFolder.isHeld(folder) && Files.exists(noted)) {
        return running(noted, Secrets.in(folder), parts);
      }
      DataFolder data = parts.add("data folder", DataFolder.open(folder));
      EmbeddedMariaDb server =
          parts.add(
              "MariaDB",
              EmbeddedMariaDb.start(
                  runtime(data), data.resolve("mariadb"), Secrets.in(folder).database()));
      return new MySqlLogin(server.jdbcUrl(), server.user(), server.password())
          .open(parts, "database", CONNECTIONS, Tables.PACKETS);
    } catch (IOException e) {
      throw new CannotStartException(
          "The data folder %s cannot be read: %s".formatted(folder, e), e);
    }
  }

  /// That of the server that runs on the folder.
  private static Database running(Path noted, Secrets secrets, Parts parts) throws IOException {
    List<String> lines = Files.readAllLines(noted);
    return pool(new MySqlLogin(lines.get(0), lines.get(1), secrets.database()), parts);
  }

  private static Database pool(MySqlLogin login, Parts parts) {
    return login.pool(parts, "database", CONNECTIONS, Tables.PACKETS);
  }

  private static RuntimeFolder runtime(DataFolder data) {
    String shared = System.getProperty("hongbao.runtime");
    return new RuntimeFolder(shared == null ? data.resolve("runtime") : Path.of(shared));
  }
}
