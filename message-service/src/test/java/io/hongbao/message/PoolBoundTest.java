package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What happens while every connection to the database is in use.
@ExtendWith(EmbeddedServices.class)
final class PoolBoundTest {

  private static final Caller USER = new Caller(7, 1, "phone", "127.0.0.1");

  @Test
  void requestsAreUnavailableUntilAConnectionIsFree(TestServices services) throws SQLException {
    try (var database =
            Database.open(
                services.jdbcUrl(),
                services.user(),
                services.password(),
                2,
                MessageService.MAPPERS);
        var redis = Redis.open(services.redisUrl())) {
      database.migrate(MessageService.MIGRATIONS);
      try (var service =
          MessageService.start(
              MessageConfig.of(Settings.of(Map.of("auth.token-secret", "s".repeat(32)))),
              database,
              redis,
              new Published(),
              new UploadedMedia(),
              new Ids(1_001),
              new TestClock(),
              new SimpleMeterRegistry())) {
        try (var _ = database.pool().getConnection();
            var _ = database.pool().getConnection()) {
          CompletableFuture<Reply> read = ask(service, "group.get", "{\"groupId\": \"1\"}");
          CompletableFuture<Reply> write =
              ask(service, "message.send", TestService.sendJson(1, "k", "hi"));
          assertThat(TestService.code(read.join())).isEqualTo("unavailable");
          assertThat(TestService.code(write.join())).isEqualTo("unavailable");
        }
        assertThat(TestService.code(ask(service, "group.get", "{\"groupId\": \"1\"}").join()))
            .isEqualTo("not_found");
      }
    }
  }

  private static CompletableFuture<Reply> ask(MessageService service, String op, String data) {
    var request = new Request(USER, op, data.getBytes(StandardCharsets.UTF_8));
    return service.exchange().exchange(request).toCompletableFuture();
  }
}
