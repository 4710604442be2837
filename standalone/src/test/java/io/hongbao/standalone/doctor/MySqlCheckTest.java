package io.hongbao.standalone.doctor;

import static io.hongbao.standalone.doctor.Finding.Level.OK;
import static io.hongbao.standalone.doctor.Finding.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.config.Settings;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.standalone.doctor.Finding.Level;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
final class MySqlCheckTest {

  /// Of a server that has nothing wrong.
  private static final Map<String, String> SOUND =
      Map.ofEntries(
          Map.entry("version", "8.4.7"),
          Map.entry("innodb_flush_log_at_trx_commit", "1"),
          Map.entry("log_bin", "ON"),
          Map.entry("sync_binlog", "1"),
          Map.entry("binlog_format", "ROW"),
          Map.entry("time_zone", "SYSTEM"),
          Map.entry("system_time_zone", "UTC"),
          Map.entry("read_only", "OFF"),
          Map.entry("super_read_only", "OFF"),
          Map.entry("max_allowed_packet", "67108864"),
          Map.entry("max_connections", "151"));

  @Test
  void findsNothingWrongWithTheTestsServer(TestServices services) {
    List<Finding> found = MySqlCheck.of(settings(services, services.password()), Clock.systemUTC());
    assertThat(found).hasSizeGreaterThan(5).noneMatch(Finding::isFailure);
  }

  @Test
  void findsAWrongPassword(TestServices services) {
    assertThat(MySqlCheck.of(settings(services, "wrong"), Clock.systemUTC()))
        .singleElement()
        .matches(Finding::isFailure)
        .asString()
        .contains("Access denied", "mysql.password");
  }

  @Test
  void findsADatabaseThatCannotHoldEveryCharacter(TestServices services) throws SQLException {
    alterDatabase(services, "latin1");
    try {
      assertThat(MySqlCheck.of(settings(services, services.password()), Clock.systemUTC()))
          .filteredOn(Finding::isFailure)
          .singleElement()
          .asString()
          .contains("character set is latin1");
    } finally {
      alterDatabase(services, "utf8mb4");
    }
  }

  @Test
  void findsAClockThatIsWrong(TestServices services) {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
    assertThat(MySqlCheck.of(settings(services, services.password()), ahead))
        .filteredOn(Finding::isFailure)
        .singleElement()
        .asString()
        .contains("clock");
  }

  @Test
  void findsNothingWrongWithASoundServer() {
    assertThat(judge(SOUND, "utf8mb4")).extracting(Finding::level).containsOnly(OK);
  }

  @ParameterizedTest
  @CsvSource({
    "version, 5.7.44-log, FAILURE",
    "version, 10.11.6-MariaDB, FAILURE",
    "innodb_flush_log_at_trx_commit, 2, FAILURE",
    "sync_binlog, 0, WARNING",
    "binlog_format, STATEMENT, FAILURE",
    "time_zone, Asia/Shanghai, WARNING",
    "system_time_zone, CST, WARNING",
    "read_only, ON, FAILURE",
    "max_allowed_packet, 1048576, FAILURE",
    "max_connections, 40, WARNING",
  })
  void findsAVariableThatIsWrong(String name, String value, Level level) {
    var variables = new HashMap<>(SOUND);
    variables.put(name, value);
    assertThat(judge(variables, "utf8mb4"))
        .filteredOn(finding -> finding.level() != OK)
        .singleElement()
        .matches(finding -> finding.level() == level)
        .asString()
        .contains(value);
  }

  @Test
  void asksNothingOfABinaryLogThatIsNotWritten() {
    var variables = new HashMap<>(SOUND);
    variables.putAll(Map.of("log_bin", "OFF", "sync_binlog", "0", "binlog_format", "STATEMENT"));
    assertThat(judge(variables, "utf8mb4")).extracting(Finding::level).containsOnly(OK);
  }

  @Test
  void saysThatItDoesNotLook() {
    assertThat(MySqlCheck.of(Settings.of(Map.of()), Clock.systemUTC()))
        .singleElement()
        .matches(finding -> finding.level() == WARNING);
  }

  private static List<Finding> judge(Map<String, String> variables, String charset) {
    return MySqlCheck.of(variables, charset, Settings.of(Map.of()));
  }

  private static Settings settings(TestServices services, String password) {
    return Settings.of(
        Map.of(
            "mysql.url", services.jdbcUrl(),
            "mysql.user", services.user(),
            "mysql.password", password));
  }

  private static void alterDatabase(TestServices services, String charset) throws SQLException {
    try (var connection =
            DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "ALTER DATABASE %s CHARACTER SET %s".formatted(connection.getCatalog(), charset));
    }
  }
}
