package io.hongbao.redpacket.packet;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.kit.Books;
import io.hongbao.redpacket.kit.TestPackets;
import io.hongbao.redpacket.store.SqlTransactions;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Some of the same histories on the real tables, held against the rules in SQL: so that the
/// database in memory is not taken for more than it is.
@ExtendWith(EmbeddedServices.class)
final class SimulatorOnDatabaseTest {

  private static final int HISTORIES = 12;
  private static final int STEPS = 40;

  @Test
  void theTablesKeepEveryFenAndEveryWord(TestServices services) {
    try (var database = TestPackets.database(services, 4);
        var queries = new Queries(2)) {
      database.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
      var ids = new AtomicLong();
      for (long seed = 1; seed <= HISTORIES; seed++) {
        new Simulation(
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                new SqlTransactions(database),
                queries,
                ids::incrementAndGet,
                millis -> passTime(database, millis))
            .run(STEPS);
        Books.assertRight(database);
      }
    }
  }

  /// The database's clock cannot be turned: all that is to come is brought nearer instead.
  private static void passTime(Database database, long millis) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE red_packet SET expire_at = expire_at - " + millis);
      statement.executeUpdate("UPDATE outbox SET next_at = next_at - " + millis);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
