package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How long the server needs to notice that its database is back.
@ExtendWith(EmbeddedServices.class)
final class DatabaseReturnTest {

  private static final Duration AWAY = Duration.ofSeconds(8);

  @Test
  void isNoticedAtOnceHoweverLongItWasAway(TestServices services) {
    var server = services.privateDatabase();
    try (var database =
        Database.open(server.jdbcUrl(), server.user(), server.password(), 4, List.of())) {
      assertThat(database.isReady()).isTrue();
      server.stop();
      // Somebody keeps asking, as requests do.
      await().during(AWAY).atMost(AWAY.multipliedBy(3)).until(() -> !database.isReady());
      server.restart();
      await().atMost(Duration.ofSeconds(2)).until(database::isReady);
    }
  }
}
