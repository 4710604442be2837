package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What several processes on one database need of it.
@ExtendWith(EmbeddedServices.class)
final class SharedDatabaseTest {

  @Test
  void severalProcessesMakeTheTablesAtOnce(TestServices services) {
    List<Database> processes = IntStream.range(0, 3).mapToObj(_ -> open(services)).toList();
    try {
      var migrating = new ArrayList<CompletableFuture<Void>>();
      for (Database process : processes) {
        migrating.add(CompletableFuture.runAsync(() -> process.migrate(MessageService.MIGRATIONS)));
      }
      assertThat(migrating).allSatisfy(CompletableFuture::join);
    } finally {
      processes.forEach(Database::close);
    }
  }

  @Test
  void aProcessThatHangsKeepsItsLocksForAMinuteAtMost(TestServices services) throws SQLException {
    try (Database database = open(services);
        var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var seconds = statement.executeQuery("SELECT @@wait_timeout")) {
      assertThat(seconds.next()).isTrue();
      assertThat(seconds.getInt(1)).isEqualTo(60);
    }
  }

  private static Database open(TestServices services) {
    return Database.open(services.jdbcUrl(), services.user(), services.password(), 2, List.of());
  }
}
