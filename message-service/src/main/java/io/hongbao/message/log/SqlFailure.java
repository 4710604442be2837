package io.hongbao.message.log;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to do about a batch that could not be written.
enum SqlFailure {
  /// Somebody else has written what this batch was decided on, or holds what it needs: again.
  CONTENTION,
  /// The database is away or can't write: `unavailable`. What was committed is unknown.
  OUTAGE,
  /// The database refuses what it was given, or the code is wrong: no second try will do.
  BUG;

  private static final int DUPLICATE_KEY = 1062;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;

  /// Classes of SQL states that mean a wrong statement, whatever the database's condition:
  /// cardinality, data, constraint, and syntax or access.
  private static final Set<String> WRONG = Set.of("21", "22", "23", "42");

  static SqlFailure of(RuntimeException e) {
    if (e instanceof StaleStateException) {
      return CONTENTION;
    }
    SQLException sql = sqlCause(e);
    if (sql == null) {
      return BUG;
    }
    return switch (sql.getErrorCode()) {
      case DUPLICATE_KEY, LOCK_WAIT_TIMEOUT, DEADLOCK -> CONTENTION;
      default -> isWrong(sql.getSQLState()) ? BUG : OUTAGE;
    };
  }

  private static boolean isWrong(@Nullable String state) {
    return state != null && state.length() == 5 && WRONG.contains(state.substring(0, 2));
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
