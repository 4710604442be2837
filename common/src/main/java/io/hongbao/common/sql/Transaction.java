package io.hongbao.common.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.session.SqlSession;

/// One open transaction: hands out the mappers that work in it. Used by one thread.
public final class Transaction {

  private final SqlSession session;

  Transaction(SqlSession session) {
    this.session = session;
  }

  public <M> M mapper(Class<M> type) {
    return session.getMapper(type);
  }

  /// Sends the gathered writes of a batched transaction and returns their row counts.
  public List<BatchResult> flush() {
    return session.flushStatements();
  }

  /// Runs statements that are no mapper's, behind the writes gathered so far.
  public void run(Statements statements) {
    flush();
    try {
      statements.run(session.getConnection());
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /// Statements on the transaction's connection, which stays open.
  @FunctionalInterface
  public interface Statements {
    void run(Connection connection) throws SQLException;
  }
}
