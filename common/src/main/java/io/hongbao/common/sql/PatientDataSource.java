package io.hongbao.common.sql;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the pool's connections.
///
/// Once there has been one, it does not fail while the database is away but tries again every
/// [#PAUSE]: after a failure the pool waits, longer each time and up to ten seconds, and would
/// notice as late that the database is back. Whoever wants a connection waits no longer for that.
/// Ends by the interrupt with which the pool closes.
final class PatientDataSource extends MysqlDataSource {

  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(PatientDataSource.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int LOGIN_SECONDS = 3;

  private final Properties settings;
  private volatile boolean hasConnected;

  /// @param settings of the driver, beside what stands in the URL
  PatientDataSource(String url, String user, String password, Properties settings) {
    this.settings = settings;
    setURL(url);
    setUser(user);
    setPassword(password);
  }

  @Override
  protected Connection getConnection(Properties properties) throws SQLException {
    properties.putAll(settings);
    for (boolean told = false; ; told = true) {
      try {
        Connection connection = super.getConnection(properties);
        hasConnected = true;
        return connection;
      } catch (SQLException e) {
        if (!hasConnected || !pause()) {
          throw e;
        }
        if (!told) {
          log.warn("no connection to MySQL, trying again reason={}", SqlFailure.reason(e));
        }
      }
    }
  }

  /// As long as the pool waits, when it closes, for connections that are being made.
  @Override
  public int getLoginTimeout() {
    return LOGIN_SECONDS;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
