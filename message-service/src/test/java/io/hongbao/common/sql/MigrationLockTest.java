package io.hongbao.common.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.id.NodeLease;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// While another process changes the tables.
@ExtendWith(EmbeddedServices.class)
final class MigrationLockTest {

  private static final String HISTORY = "history_of_this_test";

  private final Database database;
  private final Connection other;

  MigrationLockTest(TestServices services) throws SQLException {
    database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 2, NodeLease.MAPPERS);
    other = DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
  }

  @BeforeEach
  void otherChangesTables() throws SQLException {
    assertThat(number("SELECT GET_LOCK(CONCAT(DATABASE(), '.tables'), 0)")).isEqualTo(1);
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    database.close();
  }

  @Test
  void waitsForItsEnd() throws SQLException {
    var migrating = CompletableFuture.runAsync(() -> migrate(Duration.ofSeconds(30)));
    await()
        .until(
            () ->
                number(
                        "SELECT COUNT(*) FROM information_schema.processlist"
                            + " WHERE db = DATABASE() AND state = 'User lock'")
                    == 1);
    assertThat(migrating).isNotDone();

    other.close();

    migrating.join();
  }

  @Test
  void touchesNothingWhereThatDoesNotEnd() throws SQLException {
    assertThatThrownBy(() -> migrate(Duration.ofSeconds(1)))
        .isInstanceOf(PersistenceException.class)
        .hasMessageContaining("another process has been changing its tables for more than 1 s");
    assertThat(
            number(
                "SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND table_name = '"
                    + HISTORY
                    + "'"))
        .isZero();
  }

  private void migrate(Duration wait) {
    database.migrate(NodeLease.MIGRATIONS, HISTORY, wait);
  }

  private long number(String query) throws SQLException {
    try (var statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
