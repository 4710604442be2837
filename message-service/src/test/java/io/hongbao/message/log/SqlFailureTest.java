package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
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
          1366, HY000, OUTAGE
          1048, 23000, BUG
          1064, 42000, BUG
          1146, 42S02, BUG
          0,    08S01, OUTAGE
          0,    08003, OUTAGE
          0,    -,     OUTAGE
          1053, 08S01, OUTAGE
          1114, HY000, OUTAGE
          1290, HY000, OUTAGE
          """)
  void isToldByCodeAndState(int code, @Nullable String state, SqlFailure expected) {
    var sql = new SQLException("x", state, code);
    assertThat(SqlFailure.of(new PersistenceException("wrapped", sql))).isEqualTo(expected);
    var batch = new BatchUpdateException("x", state, code, new int[0], sql);
    assertThat(SqlFailure.of(new PersistenceException(new IllegalStateException(batch))))
        .isEqualTo(expected);
  }

  @Test
  void aMovedVersionIsContention() {
    assertThat(SqlFailure.of(new StaleStateException())).isEqualTo(SqlFailure.CONTENTION);
  }

  @Test
  void whatIsNoSqlIsABug() {
    assertThat(SqlFailure.of(new IllegalStateException())).isEqualTo(SqlFailure.BUG);
    assertThat(SqlFailure.of(new StackOverflowError())).isEqualTo(SqlFailure.BUG);
  }
}
