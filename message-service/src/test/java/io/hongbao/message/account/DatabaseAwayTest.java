package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.refusal;
import static io.hongbao.message.account.TestAccounts.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.PrivateDatabase;
import io.hongbao.embedded.junit.TestServices;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class DatabaseAwayTest {

  @Test
  void answersUnavailableAndGoesOnOnceItIsBack(TestServices services) {
    PrivateDatabase server = services.privateDatabase();
    try (TestAccounts accounts = accounts(services, server)) {
      String known = tokenOf(accounts.create("alice", "password"));
      accounts.authenticate(known);
      String unknown = tokenOf(accounts.create("bob", "password"));

      server.stop();
      assertThat(accounts.authenticate(known)).isInstanceOf(Done.class);
      assertThat(accounts.authenticate(unknown))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(refused.refusal().retryAfterMs()).isPositive();
              });
      assertThat(refusal(accounts.token("alice", "password")).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);

      server.restart();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> accounts.token("alice", "password") instanceof Reply.Success);
      assertThat(accounts.authenticate(unknown)).isInstanceOf(Done.class);
    }
  }

  private static TestAccounts accounts(TestServices services, PrivateDatabase server) {
    var database =
        Database.open(
            server.jdbcUrl(), server.user(), server.password(), 4, AccountHandlers.MAPPERS);
    return TestAccounts.on(
        database,
        Redis.open(services.redisUrl()),
        TestAccounts.CHEAP_HASH,
        TestAccounts.ADDRESS_PER_MINUTE);
  }
}
