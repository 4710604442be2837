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

  /// The class of SQL states of a transaction that others have made roll back: a deadlock, say.
  private static final String ROLLED_BACK = "40";

  /// Those of a wrong statement, whatever the database's condition: cardinality, data, constraint,
  /// and syntax or access.
  private static final Set<String> WRONG = Set.of("21", "22", "23", "42");

  static SqlFailure of(Throwable e) {
    if (e instanceof StaleStateException) {
      return CONTENTION;
    }
    SQLException sql = sqlCause(e);
    if (sql == null) {
      return BUG;
    }
    String stateClass = stateClass(sql.getSQLState());
    if (sql.getErrorCode() == DUPLICATE_KEY
        || sql.getErrorCode() == LOCK_WAIT_TIMEOUT
        || stateClass.equals(ROLLED_BACK)) {
      return CONTENTION;
    }
    return WRONG.contains(stateClass) ? BUG : OUTAGE;
  }

  private static String stateClass(@Nullable String state) {
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
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
