package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MySQL: there, of a version that is tested, and set so that what is acknowledged is kept.
final class MySqlCheck {

  private static final String SUBJECT = "MySQL";
  private static final String TIMEOUT_MILLIS = "5000";
  private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");
  private static final long PACKET_BYTES_MIN = 16L << 20;

  private final Map<String, String> variables;
  private final List<Finding> found = new ArrayList<>();

  private MySqlCheck(Map<String, String> variables) {
    this.variables = variables;
  }

  static List<Finding> of(Settings settings, Clock clock) {
    String url = settings.get(Settings.MYSQL_URL);
    if (url.isEmpty()) {
      return List.of(Finding.warning(SUBJECT, "is not looked at: mysql.url is not given"));
    }
    var login = new Properties();
    login.setProperty("user", settings.get(Settings.MYSQL_USER));
    login.setProperty("password", settings.get(Settings.MYSQL_PASSWORD));
    login.setProperty("connectTimeout", TIMEOUT_MILLIS);
    login.setProperty("socketTimeout", TIMEOUT_MILLIS);
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement()) {
      List<Finding> found = of(variables(statement), databaseCharset(statement), settings);
      found.add(clock(statement, clock));
      return found;
    } catch (SQLException e) {
      return List.of(
          Finding.failure(
              SUBJECT,
              "cannot be used (%s): check mysql.url, mysql.user and mysql.password, and that it runs"
                  .formatted(e.getMessage())));
    }
  }

  /// What a server's variables say.
  static List<Finding> of(
      Map<String, String> variables, String databaseCharset, Settings settings) {
    var check = new MySqlCheck(variables);
    check.version();
    check.keepsWhatIsAcknowledged();
    check.text(databaseCharset);
    check.takesWrites();
    check.connections(settings);
    return check.found;
  }

  private void version() {
    String version = value("version");
    Matcher number = VERSION.matcher(version);
    boolean isMariaDb = version.contains("MariaDB");
    int[] oldest = isMariaDb ? new int[] {11, 4} : new int[] {8, 0};
    boolean known =
        number.find()
            && compare(Integer.parseInt(number.group(1)), Integer.parseInt(number.group(2)), oldest)
                >= 0;
    found.add(
        Finding.require(
            known,
            SUBJECT,
            "version " + version,
            "version %s is not supported: use MySQL 8 or MariaDB 11.4, or later"
                .formatted(version)));
  }

  private static int compare(int major, int minor, int[] other) {
    return major == other[0] ? Integer.compare(minor, other[1]) : Integer.compare(major, other[0]);
  }

  private void keepsWhatIsAcknowledged() {
    String flush = value("innodb_flush_log_at_trx_commit");
    found.add(
        Finding.require(
            flush.equals("1"),
            SUBJECT,
            "every commit is on the disk",
            "innodb_flush_log_at_trx_commit is %s: a crash loses what was acknowledged; set it to 1"
                .formatted(flush)));
    if (!isOn("log_bin")) {
      return;
    }
    String sync = value("sync_binlog");
    found.add(
        Finding.advise(
            sync.equals("1"),
            SUBJECT,
            "the binary log is on the disk with every commit",
            "sync_binlog is %s: after a crash, replicas and backups may lack commits; set it to 1"
                .formatted(sync)));
    found.add(
        Finding.require(
            !value("binlog_format").equals("STATEMENT"),
            SUBJECT,
            "the binary log is by rows",
            "binlog_format is STATEMENT, with which no change can be written: set it to ROW"));
  }

  private void text(String databaseCharset) {
    found.add(
        Finding.require(
            databaseCharset.equals("utf8mb4"),
            SUBJECT,
            "the database is utf8mb4",
            "the database's character set is %s: ALTER DATABASE … CHARACTER SET utf8mb4, before its tables are made"
                .formatted(databaseCharset)));
    String zone = value("time_zone");
    boolean isUtc =
        zone.matches("[+-]00:00|UTC|GMT")
            || (zone.equals("SYSTEM") && value("system_time_zone").matches("UTC|GMT|Etc/UTC|Z"));
    found.add(
        Finding.advise(
            isUtc,
            SUBJECT,
            "its time zone is UTC",
            "its time zone is %s; Hongbao sets its own, but who looks by hand will err: default-time-zone=+00:00"
                .formatted(
                    zone.equals("SYSTEM") ? "the system's, " + value("system_time_zone") : zone)));
  }

  private void takesWrites() {
    found.add(
        Finding.require(
            !isOn("read_only") && !isOn("super_read_only"),
            SUBJECT,
            "it takes writes",
            "read_only is ON: give the primary's address in mysql.url"));
    long packetBytes = Long.parseLong(value("max_allowed_packet"));
    found.add(
        Finding.require(
            packetBytes >= PACKET_BYTES_MIN,
            SUBJECT,
            "a statement may have %d MiB".formatted(packetBytes >> 20),
            "max_allowed_packet is %d bytes: set it to 16M or more".formatted(packetBytes)));
  }

  /// One process of each kind at least; most installations run two.
  private void connections(Settings settings) {
    int wanted =
        2
            * (settings.get(Settings.MYSQL_CONNECTIONS)
                + settings.get(Settings.REDPACKET_CONNECTIONS)
                + settings.get(Settings.MEDIA_CONNECTIONS));
    int allowed = Integer.parseInt(value("max_connections"));
    found.add(
        Finding.advise(
            allowed >= wanted,
            SUBJECT,
            allowed + " connections are allowed",
            "%d connections are allowed, and two processes of each role take %d: raise max_connections"
                .formatted(allowed, wanted)));
  }

  private boolean isOn(String variable) {
    return value(variable).matches("1|ON");
  }

  private String value(String variable) {
    return variables.getOrDefault(variable, "");
  }

  private static Map<String, String> variables(Statement statement) throws SQLException {
    var variables = new HashMap<String, String>();
    try (ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
      while (rows.next()) {
        variables.put(rows.getString(1), rows.getString(2));
      }
    }
    return variables;
  }

  private static String databaseCharset(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@character_set_database")) {
      row.next();
      return row.getString(1);
    }
  }

  private static Finding clock(Statement statement, Clock clock) throws SQLException {
    Instant asked = clock.instant();
    try (ResultSet row =
        statement.executeQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)")) {
      row.next();
      Instant theirs = Instant.ofEpochMilli(row.getLong(1));
      return ClockCheck.of(SUBJECT, theirs, asked, clock.instant());
    }
  }
}
