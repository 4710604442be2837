package io.hongbao.common.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why work in the database did not go through.
public enum SqlFailure {
  /// Others have come between; nothing was committed.
  CONTENTION,
  /// The connection was lost: whether it was committed nobody knows.
  LOST,
  /// The database is away, or can't write.
  AWAY,
  /// The code or the data are wrong: a CHECK that would have been broken, for one.
  BUG;

  private static final int DUPLICATE_KEY = 1062;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int RECORD_CHANGED = 1020;
  private static final Set<Integer> BROKEN_CHECK = Set.of(3819, 4025);

  /// The class of SQL states of a transaction that others have made roll back: a deadlock, say.
  private static final String ROLLED_BACK = "40";

  private static final String CONNECTION = "08";

  /// Those of a wrong statement, whatever the database's condition: cardinality, data, constraint,
  /// and syntax or access.
  private static final Set<String> WRONG = Set.of("21", "22", "23", "42");

  public static SqlFailure of(Throwable e) {
    SQLException sql = sqlCause(e);
    if (sql == null) {
      return BUG;
    }
    String state = sql.getSQLState();
    String stateClass = state == null || state.length() < 2 ? "" : state.substring(0, 2);
    return switch (sql.getErrorCode()) {
      case DUPLICATE_KEY, LOCK_WAIT_TIMEOUT, RECORD_CHANGED -> CONTENTION;
      default -> {
        if (stateClass.equals(ROLLED_BACK)) {
          yield CONTENTION;
        }
        if (BROKEN_CHECK.contains(sql.getErrorCode()) || WRONG.contains(stateClass)) {
          yield BUG;
        }
        yield stateClass.equals(CONNECTION) && !(sql instanceof SQLTransientConnectionException)
            ? LOST
            : AWAY;
      }
    };
  }

  /// What the database or its driver said, in one line.
  public static String reason(Throwable e) {
    SQLException sql = sqlCause(e);
    return String.valueOf(sql == null ? e.getMessage() : sql.getMessage())
        .lines()
        .findFirst()
        .orElse("");
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
