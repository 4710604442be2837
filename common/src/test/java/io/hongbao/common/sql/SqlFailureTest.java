package io.hongbao.common.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailureTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # code, state, failure
          1062, 23000, CONTENTION
          1205, HY000, CONTENTION
          1205, 40001, CONTENTION
          1213, 40001, CONTENTION
          3101, 40000, CONTENTION
          1406, 22001, BUG
          1020, HY000, CONTENTION
          1366, HY000, AWAY
          3819, HY000, BUG
          4025, 23000, BUG
          1048, 23000, BUG
          1064, 42000, BUG
          1146, 42S02, BUG
          0,    08S01, LOST
          0,    08003, LOST
          0,    -,     AWAY
          1053, 08S01, LOST
          1114, HY000, AWAY
          1290, HY000, AWAY
          """)
  void isToldByCodeAndState(int code, @Nullable String state, SqlFailure expected) {
    var sql = new SQLException("x", state, code);
    assertThat(SqlFailure.of(new PersistenceException("wrapped", sql))).isEqualTo(expected);
    var batch = new BatchUpdateException("x", state, code, new int[0], sql);
    assertThat(SqlFailure.of(new PersistenceException(new IllegalStateException(batch))))
        .isEqualTo(expected);
  }

  @Test
  void nothingWasAskedOverAConnectionThatThePoolDidNotGiveOut() {
    var none = new SQLTransientConnectionException("x", "08003");
    assertThat(SqlFailure.of(new PersistenceException(none))).isEqualTo(SqlFailure.AWAY);
  }

  @Test
  void whatIsNoSqlIsABug() {
    assertThat(SqlFailure.of(new IllegalStateException())).isEqualTo(SqlFailure.BUG);
    assertThat(SqlFailure.of(new StackOverflowError())).isEqualTo(SqlFailure.BUG);
  }
}
