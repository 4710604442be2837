package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/// What no log shows, not even one of everything that all libraries have to say.
@ExtendWith(EmbeddedServices.class)
class SecretsInLogsTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Map<Logger, Level> levelsBefore = new HashMap<>();
  private final Lines lines = new Lines();
  private final List<Appender<ILoggingEvent>> consoles = new ArrayList<>();
  private final TestServices services;

  SecretsInLogsTest(TestServices services) {
    this.services = services;
  }

  @BeforeEach
  void logEverything() {
    lines.setContext(context);
    lines.start();
    consoles.addAll(appenders());
    consoles.forEach(root::detachAppender);
    root.addAppender(lines);
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levelsBefore.put(logger, logger.getLevel());
        logger.setLevel(Level.TRACE);
      }
    }
  }

  @AfterEach
  void logAsBefore() {
    levelsBefore.forEach(Logger::setLevel);
    root.detachAppender(lines);
    consoles.forEach(root::addAppender);
  }

  private List<Appender<ILoggingEvent>> appenders() {
    var all = new ArrayList<Appender<ILoggingEvent>>();
    root.iteratorForAppenders().forEachRemaining(all::add);
    return all;
  }

  @Test
  void passwordsHashesAndTokens() throws SQLException {
    try (TestAccounts accounts = TestAccounts.on(services)) {
      String token = tokenOf(accounts.create("alice", "hunter2hunter2"));
      accounts.create("alice", "hunter2hunter3");
      accounts.token("alice", "hunter2hunter2");
      accounts.token("alice", "hunter2hunter4");
      accounts.authenticate(token);
      accounts.execute("DROP TABLE user");
      accounts.create("bob", "hunter2hunter5");
      accounts.token("alice", "hunter2hunter6");

      String hash = "$argon2";
      assertThat(lines.seen).isNotEmpty().anyMatch(line -> line.contains("bug op="));
      assertThat(lines.seen)
          .noneMatch(line -> line.contains("hunter2"))
          .noneMatch(line -> line.contains(hash))
          .noneMatch(line -> line.contains(token));
    }
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    protected void append(ILoggingEvent event) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      seen.add(event.getLoggerName() + " " + event.getFormattedMessage() + trace);
    }
  }
}
