package io.hongbao.embedded.junit;

import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedMySql;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Function;

/// The database server of the pass: MariaDB or MySQL.
record TestDatabase(
    Function<String, String> jdbcUrl,
    String user,
    String password,
    String anyDatabase,
    Runnable stopping,
    Runnable starting)
    implements AutoCloseable {

  static TestDatabase of(EmbeddedMariaDb server) {
    return new TestDatabase(
        server::jdbcUrl,
        server.user(),
        server.password(),
        "hongbao",
        server::stop,
        server::restart);
  }

  static TestDatabase of(EmbeddedMySql server) {
    return new TestDatabase(
        server::jdbcUrl, server.user(), server.password(), "mysql", server::stop, server::restart);
  }

  /// Makes an empty database.
  void create(String name) {
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
  }

  void drop(String name) {
    execute("DROP DATABASE IF EXISTS " + name);
  }

  @Override
  public void close() {
    stopping.run();
  }

  private void execute(String statement) {
    try (var connection = DriverManager.getConnection(jdbcUrl.apply(anyDatabase), user, password);
        var sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }
}
