package io.hongbao.common.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.logging.nologging.NoLoggingImpl;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.TransactionIsolationLevel;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.flywaydb.core.Flyway;

/// MySQL as the services see it: a bounded pool, migrations, and transactions around mappers.
///
/// All calls block; they belong on virtual threads or on a writer's own thread, never on an event
/// loop. Failures are MyBatis' `PersistenceException` around the `SQLException`.
public final class Database implements AutoCloseable {

  /// How long a caller waits for a free connection before the request is answered `unavailable`.
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

  /// Where [#migrate(String)] keeps account.
  public static final String HISTORY = "schema_history";

  /// How long the database keeps a connection on which nothing is said, and the rows locked by it:
  /// a process that hangs in a transaction, or is cut off, stops the others no longer than this.
  private static final Duration SILENCE_MAX = Duration.ofMinutes(1);

  /// One process at a time changes the tables of a database.
  private static final String MIGRATION_LOCK =
      "SELECT GET_LOCK(CONCAT(LEFT(DATABASE(), 50), '.tables'), ?)";

  private static final Duration MIGRATION_WAIT = Duration.ofMinutes(1);

  private final DataSource unpooled;
  private final HikariDataSource pool;
  private final SqlSessionFactory sessions;

  private Database(DataSource unpooled, HikariDataSource pool, SqlSessionFactory sessions) {
    this.unpooled = unpooled;
    this.pool = pool;
    this.sessions = sessions;
  }

  /// @param url JDBC URL; the driver settings that the mappers rely on are added to it
  /// @param mappers every mapper interface in use
  public static Database open(
      String url, String user, String password, int connections, List<Class<?>> mappers) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("mysql");
    config.setDataSource(new PatientDataSource(url, user, password, pooledSettings()));
    config.setKeepaliveTime(SILENCE_MAX.dividedBy(2).toMillis());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(Math.min(4, connections));
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setInitializationFailTimeout(Duration.ofSeconds(30).toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariDataSource pool = new HikariDataSource(config);

    // Auto-commit stays off, as the pool has it: switching it on and off again would cost every
    // transaction two round trips.
    var transactions = new JdbcTransactionFactory();
    var keepAutoCommit = new Properties();
    keepAutoCommit.setProperty("skipSetAutoCommitOnClose", "true");
    transactions.setProperties(keepAutoCommit);
    Configuration configuration = new Configuration(new Environment("mysql", transactions, pool));
    // Without the first, a record's constructor is filled by column order, and two BIGINTs in
    // another order swap silently.
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    // MyBatis logs parameters and rows at DEBUG: messages and password hashes.
    configuration.setLogImpl(NoLoggingImpl.class);
    mappers.forEach(configuration::addMapper);
    var unpooled = new PatientDataSource(url, user, password, driverSettings());
    return new Database(unpooled, pool, new SqlSessionFactoryBuilder().build(configuration));
  }

  private static Properties pooledSettings() {
    Properties settings = driverSettings();
    settings.setProperty("socketTimeout", "20000");
    settings.setProperty("sessionVariables", "wait_timeout=" + SILENCE_MAX.toSeconds());
    return settings;
  }

  private static Properties driverSettings() {
    var settings = new Properties();
    settings.setProperty("rewriteBatchedStatements", "true");
    settings.setProperty("useServerPrepStmts", "true");
    settings.setProperty("cachePrepStmts", "true");
    settings.setProperty("prepStmtCacheSize", "64");
    settings.setProperty("prepStmtCacheSqlLimit", "8192");
    settings.setProperty("useLocalSessionState", "true");
    settings.setProperty("characterEncoding", "UTF-8");
    settings.setProperty("connectionTimeZone", "UTC");
    settings.setProperty("forceConnectionTimeZoneToSession", "true");
    settings.setProperty("connectTimeout", "3000");
    settings.setProperty("tcpKeepAlive", "true");
    return settings;
  }

  /// Brings the schema up to date from the versioned files under `location` on the class path,
  /// which takes as long as the tables are large. Several processes may do so at once: they wait
  /// for each other, up to [#MIGRATION_WAIT].
  public void migrate(String location) {
    migrate(location, HISTORY);
  }

  /// The same for a service that has its own tables beside another's: each keeps account of its
  /// files in a table of its own.
  public void migrate(String location, String historyTable) {
    migrate(location, historyTable, MIGRATION_WAIT);
  }

  void migrate(String location, String historyTable, Duration wait) {
    try (Connection connection = unpooled.getConnection()) {
      lockTables(connection, wait);
      Flyway.configure()
          .dataSource(unpooled) // one of its connections is silent while the other changes tables
          .locations("classpath:" + location)
          .table(historyTable)
          .baselineOnMigrate(true) // the other's tables are there already
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }

  /// Flyway locks only the tables of an account that is there already. Ends with the connection.
  private static void lockTables(Connection connection, Duration wait) throws SQLException {
    try (var lock = connection.prepareStatement(MIGRATION_LOCK)) {
      lock.setLong(1, wait.toSeconds());
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next() || row.getInt(1) != 1) {
          throw new PersistenceException(
              "another process has been changing its tables for more than %d s"
                  .formatted(wait.toSeconds()));
        }
      }
    }
  }

  /// Runs `work` in one transaction: committed where it returns, rolled back where it throws.
  public <T> T transact(Function<Transaction, T> work) {
    return run(ExecutorType.SIMPLE, work);
  }

  /// Runs reads that all see what was committed when the first of them began, however much is
  /// written in between. A round trip more than [#transact].
  public <T> T snapshot(Function<Transaction, T> reads) {
    return transact(
        transaction -> {
          transaction.run(Database::setRepeatableRead);
          return reads.apply(transaction);
        });
  }

  /// Of the transaction that the next statement begins, and of no other.
  private static void setRepeatableRead(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    }
  }

  /// [#transact] with writes gathered: they reach the server at the next read, at
  /// [Transaction#flush] or at the commit, many rows in one statement.
  public <T> T transactBatched(Function<Transaction, T> work) {
    return run(ExecutorType.BATCH, work);
  }

  /// Whether the database answers now.
  public boolean isReady() {
    try (var connection = pool.getConnection()) {
      boolean valid = connection.isValid(2);
      if (!valid) {
        // Without this a dead connection that is asked often would never be replaced.
        pool.evictConnection(connection);
      }
      return valid;
    } catch (SQLException _) {
      return false;
    }
  }

  /// Shows how the pool is used.
  ///
  /// @param service who uses it
  public void watch(MeterRegistry meters, String service) {
    var pools = new MicrometerMetricsTrackerFactory(meters);
    pool.setMetricsTrackerFactory((_, stats) -> pools.create(service, stats));
  }

  public HikariDataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T run(ExecutorType executor, Function<Transaction, T> work) {
    try (SqlSession session =
        sessions.openSession(executor, TransactionIsolationLevel.READ_COMMITTED)) {
      T result = work.apply(new Transaction(session));
      session.commit(true);
      return result;
    }
  }
}
