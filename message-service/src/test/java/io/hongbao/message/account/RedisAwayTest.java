package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class RedisAwayTest {

  @Test
  void accountsAndLimitsGoOnWithoutRedisAndTogetherOnceItIsBack(TestServices services) {
    EmbeddedRedis server = services.privateRedis();
    try (TestAccounts accounts = accounts(services, server)) {
      accounts.user("alice");
      guess(accounts, 9);

      server.kill();
      assertThat(accounts.create("bob", "password")).isInstanceOf(Reply.Success.class);
      assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
      guess(accounts, 10); // this process has its own count
      assertThat(refusal(accounts.token("alice", "password")).code())
          .isEqualTo(ErrorCode.RATE_LIMITED);

      server.restart();
      await().until(accounts.redis()::isReady);
      accounts.clock.forward(Duration.ofMinutes(1));
      guess(accounts, 10);
      assertThat(refusal(accounts.token("alice", "password")).code())
          .isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(accounts.redis().sync().exists("{limit:password:alice}")).isOne();
    }
  }

  private static TestAccounts accounts(TestServices services, EmbeddedRedis server) {
    var database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 4, AccountHandlers.MAPPERS);
    return TestAccounts.on(
        database,
        Redis.open(server.url()),
        TestAccounts.CHEAP_HASH,
        TestAccounts.ADDRESS_PER_MINUTE);
  }

  private static void guess(TestAccounts accounts, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(refusal(accounts.token("alice", "wrong password")).code())
          .isEqualTo(ErrorCode.BAD_CREDENTIALS);
    }
  }
}
