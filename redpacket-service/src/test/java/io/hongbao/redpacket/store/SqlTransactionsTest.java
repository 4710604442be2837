package io.hongbao.redpacket.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.kit.TestPackets;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A transaction that others come between again and again.
@ExtendWith(EmbeddedServices.class)
final class SqlTransactionsTest {

  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void isUnavailableWhereOthersComeBetweenEachTry(TestServices services) {
    assertThat(replyToOneOvertaken(services, Integer.MAX_VALUE))
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            failure -> assertThat(failure.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(tries).hasValue(SqlTransactions.ATTEMPTS_MAX);
  }

  @Test
  void goesThroughAtItsLastTry(TestServices services) {
    assertThat(replyToOneOvertaken(services, SqlTransactions.ATTEMPTS_MAX - 1))
        .isInstanceOf(Reply.Success.class);
  }

  private Reply replyToOneOvertaken(TestServices services, int times) {
    try (var database = TestPackets.database(services, 1);
        var queries = new Queries(1)) {
      var transactions = new SqlTransactions(database);
      return queries
          .reply("test", () -> transactions.transact(tables -> overtaken(tables, times)))
          .toCompletableFuture()
          .join();
    }
  }

  private Reply overtaken(Tables tables, int times) {
    long now = tables.now();
    if (tries.incrementAndGet() <= times) {
      throw new PersistenceException(new SQLException("deadlock found", "40001", 1213));
    }
    return Reply.of(now);
  }
}
