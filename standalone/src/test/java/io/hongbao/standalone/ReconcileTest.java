package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.RedPacketService;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class ReconcileTest {

  @Test
  void findsAFenThatCameFromNowhere(TestServices services) throws SQLException {
    try (var database =
        Database.open(
            services.jdbcUrl(),
            services.user(),
            services.password(),
            2,
            RedPacketService.MAPPERS)) {
      database.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
      assertThat(Reconcile.check(database))
          .isEqualTo(new Reconcile.Result(true, List.of("money drift: 0 fen", "every rule holds")));

      execute(database, "INSERT INTO wallet_account VALUES (1, 'USER_WALLET', 7, 1, 0, 0)");

      Reconcile.Result result = Reconcile.check(database);
      assertThat(result.right()).isFalse();
      assertThat(result.lines())
          .contains(
              "does not hold: all balances together are zero (1 of ledger: [0])",
              "does not hold: a balance is the sum of its entries (1 of account: [1])",
              "money drift: 2 fen");
    }
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }
}
