package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class MigrationTest {

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

  private static Database open(TestServices services) {
    return Database.open(services.jdbcUrl(), services.user(), services.password(), 2, List.of());
  }
}
