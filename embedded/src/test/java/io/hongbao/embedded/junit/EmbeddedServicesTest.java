package io.hongbao.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedRedis;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
final class EmbeddedServicesTest {

  @Test
  void givesAnEmptyDatabaseThatSpeaksUnicode(TestServices services) throws SQLException {
    try (var connection =
            DriverManager.getConnection(services.jdbcUrl(), services.user(), services.password());
        var sql = connection.createStatement()) {
      sql.execute("CREATE TABLE word (word VARCHAR(10))");
      sql.execute("INSERT INTO word VALUES ('红包🧧')");
      try (var rows = sql.executeQuery("SELECT word FROM word")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("红包🧧");
      }
    }
  }

  @Test
  void theAccessLayersWorkWithThem(TestServices services) {
    try (var database =
            Database.open(services.jdbcUrl(), services.user(), services.password(), 4, List.of());
        var redis = Redis.open(services.redisUrl())) {
      assertThat(database.isReady()).isTrue();
      assertThat(redis.isReady()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsRefused(TestServices services) {
    assertThatThrownBy(
            () -> DriverManager.getConnection(services.jdbcUrl(), services.user(), "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Access denied");
    assertThatThrownBy(() -> DriverManager.getConnection(services.jdbcUrl(), "root", ""))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aPrivateRedisComesAndGoesOnItsPort(TestServices services) {
    EmbeddedRedis server = services.privateRedis();
    try (var redis = Redis.open(server.url())) {
      redis.sync().set("kept", "yes");
      server.stop();
      assertThat(redis.isReady()).isFalse();
      server.restart();
    }
    try (var redis = Redis.open(server.url())) {
      assertThat(redis.sync().get("kept")).isEqualTo("yes");
    }
  }

  @Test
  void aPrivateDatabaseComesAndGoesOnItsPort(TestServices services) {
    PrivateDatabase server = services.privateDatabase();
    try (var database =
        Database.open(server.jdbcUrl(), server.user(), server.password(), 4, List.of())) {
      assertThat(database.isReady()).isTrue();
      server.stop();
      assertThat(database.isReady()).isFalse();
      server.restart();
      await().atMost(Duration.ofSeconds(20)).until(database::isReady);
    }
  }

  @Nested
  final class ANestedClass {
    @Test
    void sharesWhatItsOuterClassHas(TestServices services) {
      assertThat(services.jdbcUrl()).contains("hongbao_embeddedservicestest_");
    }
  }
}
