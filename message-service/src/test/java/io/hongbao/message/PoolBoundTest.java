package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What happens while every connection to the database is in use.
@ExtendWith(EmbeddedServices.class)
final class PoolBoundTest {

  private static final Caller USER = new Caller(7, 1, "phone", "127.0.0.1");

  @Test
  void requestsAreUnavailableUntilAConnectionIsFree(TestServices services) throws SQLException {
    try (var service = WholeService.start(services, 2, new TestClock())) {
      try (var _ = service.database().pool().getConnection();
          var _ = service.database().pool().getConnection()) {
        CompletableFuture<Reply> read = service.ask(USER, "group.get", "{\"groupId\": \"1\"}");
        CompletableFuture<Reply> write =
            service.ask(USER, "message.send", TestService.sendJson(1, "k", "hi"));
        assertThat(TestService.code(read.join())).isEqualTo("unavailable");
        assertThat(TestService.code(write.join())).isEqualTo("unavailable");
      }
      assertThat(TestService.code(service.ask(USER, "group.get", "{\"groupId\": \"1\"}").join()))
          .isEqualTo("not_found");
    }
  }
}
