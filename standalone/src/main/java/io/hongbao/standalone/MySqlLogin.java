package io.hongbao.standalone;

import io.hongbao.common.config.Settings;
import io.hongbao.common.error.RootCause;
import io.hongbao.common.id.NodeLease;
import io.hongbao.common.sql.Database;
import io.hongbao.media.MediaService;
import io.hongbao.message.MessageService;
import io.hongbao.redpacket.RedPacketService;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// How to reach MySQL.
record MySqlLogin(String url, String user, String password) {

  /// What a pool is for: the mappers that use it, and how their tables are brought up to date.
  record Tables(List<Class<?>> mappers, String migrations, String history) {

    static final Tables NODES =
        new Tables(NodeLease.MAPPERS, NodeLease.MIGRATIONS, NodeLease.MIGRATION_HISTORY);
    static final Tables MESSAGES =
        new Tables(MessageService.MAPPERS, MessageService.MIGRATIONS, Database.HISTORY);
    static final Tables PACKETS =
        new Tables(
            RedPacketService.MAPPERS,
            RedPacketService.MIGRATIONS,
            RedPacketService.MIGRATION_HISTORY);
    static final Tables MEDIA =
        new Tables(MediaService.MAPPERS, MediaService.MIGRATIONS, MediaService.MIGRATION_HISTORY);
  }

  /// Classes of SQLSTATE: a wrong user or password; no such database, or no rights on it.
  private static final String NO_AUTHORIZATION = "28";

  private static final String NO_ACCESS = "42";

  /// How long the first look at a MySQL of the operator's own may take.
  private static final String CONNECT_MILLIS = "3000";

  /// The operator's own.
  ///
  /// @throws CannotStartException where it does not let us in
  static MySqlLogin of(Settings settings) {
    var login =
        new MySqlLogin(
            settings.get(Settings.MYSQL_URL),
            settings.require(Settings.MYSQL_USER, "mysql.url is given"),
            settings.get(Settings.MYSQL_PASSWORD));
    login.requireRights();
    return login;
  }

  /// A pool for some tables, brought up to date.
  Database open(Parts parts, String name, int connections, Tables... tables) {
    Database database = pool(parts, name, connections, tables);
    migrate(database, tables);
    return database;
  }

  /// A pool for some tables, as they are.
  Database pool(Parts parts, String name, int connections, Tables... tables) {
    List<Class<?>> mappers =
        Stream.of(tables).<Class<?>>flatMap(each -> each.mappers.stream()).toList();
    Database database;
    try {
      database = Database.open(url, user, password, connections, mappers);
    } catch (RuntimeException e) { // whatever pool and driver throw
      throw unusable(e);
    }
    return parts.add(name, database);
  }

  static void migrate(Database database, Tables... tables) {
    try {
      for (Tables each : tables) {
        database.migrate(each.migrations, each.history);
      }
    } catch (RuntimeException e) { // whatever migrations throw
      throw unusable(e);
    }
  }

  /// The pool would try again for long what time does not mend.
  private void requireRights() {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_MILLIS);
    properties.setProperty("socketTimeout", CONNECT_MILLIS);
    try (var _ = DriverManager.getConnection(url, properties)) {
      // it is the attempt that counts
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith(NO_AUTHORIZATION) || state.startsWith(NO_ACCESS)) {
        throw unusable(e);
      }
    }
  }

  private static CannotStartException unusable(Exception failure) {
    return new CannotStartException("MySQL cannot be used: " + RootCause.message(failure), failure);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "MySqlLogin[" + user + "]";
  }
}
