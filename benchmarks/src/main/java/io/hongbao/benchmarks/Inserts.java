package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// The database alone: rows a second by one connection, by rows per commit.
final class Inserts {

  private static final List<Integer> ROWS_PER_COMMIT = List.of(1, 10, 100);

  private Inserts() {}

  static void run(HikariDataSource pool, Pace pace) throws SQLException {
    var table =
        new Table(
            "Multi-row inserts alone, one connection",
            List.of("rows per commit", "rows per second", "commits per second"));
    try (Connection connection = pool.getConnection()) {
      prepare(connection);
      for (int rows : ROWS_PER_COMMIT) {
        commits(connection, rows, pace.warmUpMin().toNanos() / 4);
        double[] perSecond = new double[pace.intervals()];
        for (int i = 0; i < perSecond.length; i++) {
          perSecond[i] = commits(connection, rows, pace.interval().toNanos());
        }
        Figure commits = Figure.of(perSecond);
        table.row(
            Integer.toString(rows),
            Table.thousands(commits.dividedBy(1.0 / rows)),
            Table.thousands(commits));
      }
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS bare_insert");
      statement.execute(
          """
          CREATE TABLE bare_insert (
            message_id BIGINT NOT NULL AUTO_INCREMENT, group_id BIGINT NOT NULL, seq BIGINT NOT NULL,
            sender_id BIGINT NOT NULL, type TINYINT NOT NULL, content VARCHAR(2000) NOT NULL,
            sent_at BIGINT NOT NULL, PRIMARY KEY (message_id), UNIQUE KEY (group_id, seq))
          """);
    }
  }

  private static double commits(Connection connection, int rows, long nanos) throws SQLException {
    String content = "x".repeat(200);
    long begin = System.nanoTime();
    long seq = begin;
    int commits = 0;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO bare_insert (group_id, seq, sender_id, type, content, sent_at)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      while (System.nanoTime() - begin < nanos) {
        for (int i = 0; i < rows; i++) {
          insert.setLong(1, 1);
          insert.setLong(2, ++seq);
          insert.setLong(3, 1);
          insert.setInt(4, 1);
          insert.setString(5, content);
          insert.setLong(6, seq);
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        commits++;
      }
    }
    return commits / ((System.nanoTime() - begin) / 1e9);
  }
}
