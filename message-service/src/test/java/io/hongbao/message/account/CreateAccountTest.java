package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.data;
import static io.hongbao.message.account.TestAccounts.join;
import static io.hongbao.message.account.TestAccounts.refusal;
import static io.hongbao.message.account.TestAccounts.tokenOf;
import static io.hongbao.message.account.TestAccounts.userIdOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class CreateAccountTest {

  private final TestServices services;
  private TestAccounts accounts;

  CreateAccountTest(TestServices services) {
    this.services = services;
    this.accounts = TestAccounts.on(services);
  }

  @BeforeEach
  void forgetLimits() {
    accounts.redis().sync().flushdb();
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void answersWithATokenOfTheNewUser() {
    Reply reply = accounts.create("alice", "password");

    assertThat(data(reply).fieldNames())
        .toIterable()
        .containsExactly("userId", "token", "expiresAt");
    assertThat(data(reply).path("expiresAt").longValue())
        .isEqualTo(accounts.clock.millis() + Duration.ofDays(7).toMillis());
    assertThat(accounts.authenticate(tokenOf(reply)))
        .isInstanceOfSatisfying(
            Done.class,
            done ->
                assertThat(done.value())
                    .hasFieldOrPropertyWithValue("userId", userIdOf(reply))
                    .hasFieldOrPropertyWithValue(
                        "expiresAt", data(reply).path("expiresAt").longValue()));
  }

  @Test
  void refusesATakenUsernameAndLeavesItsOwnerAlone() {
    long owner = userIdOf(accounts.create("bob", "password of bob"));

    assertThat(refusal(accounts.create("bob", "password of another")).code())
        .isEqualTo(ErrorCode.USERNAME_TAKEN);
    assertThat(userIdOf(accounts.token("bob", "password of bob"))).isEqualTo(owner);
    assertThat(refusal(accounts.token("bob", "password of another")).code())
        .isEqualTo(ErrorCode.BAD_CREDENTIALS);
  }

  @Test
  void twentyAtOnceMakeOneAccount() throws SQLException {
    var started = new ArrayList<CompletionStage<Reply>>();
    for (int i = 0; i < 20; i++) {
      started.add(accounts.startCreating("carol", "password " + i));
    }
    var replies = started.stream().map(TestAccounts::join).toList();

    assertThat(replies).filteredOn(Reply.Success.class::isInstance).hasSize(1);
    assertThat(replies)
        .filteredOn(Reply.Failure.class::isInstance)
        .hasSize(19)
        .allSatisfy(reply -> assertThat(refusal(reply).code()).isEqualTo(ErrorCode.USERNAME_TAKEN));
    assertThat(accounts.value("SELECT COUNT(*) FROM user WHERE username = 'carol'")).isEqualTo("1");
    for (int i = 0; i < 20; i++) {
      if (replies.get(i) instanceof Reply.Success) {
        assertThat(userIdOf(accounts.token("carol", "password " + i))).isPositive();
      }
    }
  }

  @Test
  void aNameIsTakenInItsOneSpelling() {
    accounts.create("d-e", "password");
    assertThat(accounts.create("d_e", "password")).isInstanceOf(Reply.Success.class);
    assertThat(accounts.create("d.e", "password")).isInstanceOf(Reply.Success.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"爱丽丝", "👩‍👩‍👧‍👦", " a ", "O'Neil \"\\%_"})
  void keepsTheNicknameAsItIs(String nickname) {
    String username = "nick" + Integer.toHexString(nickname.hashCode());
    long userId = userIdOf(accounts.create("192.0.2.1", username, "password", nickname));

    Reply found = accounts.ask(userId, "user.find", Map.of("username", username));
    assertThat(data(found).path("user").path("nickname").textValue()).isEqualTo(nickname);
  }

  @Test
  void takesSoManyAMinuteFromOneAddress() {
    accounts.close();
    accounts = TestAccounts.with(services, TestAccounts.CHEAP_HASH, 3);
    accounts.create("192.0.2.7", "first", "password", "A");
    accounts.create("192.0.2.7", "second", "password", "A");
    accounts.create("192.0.2.7", "second", "password", "A"); // taken, but asked

    assertThat(refusal(accounts.create("192.0.2.7", "third", "password", "A")))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.retryAfterMs()).isBetween(1L, 61_000L);
            });
    assertThat(accounts.create("192.0.2.8", "third", "password", "A"))
        .isInstanceOf(Reply.Success.class);
    accounts.clock.forward(Duration.ofSeconds(61));
    assertThat(accounts.create("192.0.2.7", "fourth", "password", "A"))
        .isInstanceOf(Reply.Success.class);
  }

  @Test
  void countsAccountsAndTokensTogetherAndAWholeIpv6NetworkAsOne() {
    accounts.close();
    accounts = TestAccounts.with(services, TestAccounts.CHEAP_HASH, 2);
    accounts.create("2001:db8:1:2::1", "fifth", "password", "A");
    accounts.create("2001:db8:1:2:ffff::", "sixth", "password", "A");

    assertThat(refusal(accounts.create("2001:db8:1:2::3", "seventh", "password", "A")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(accounts.create("2001:db8:1:3::1", "seventh", "password", "A"))
        .isInstanceOf(Reply.Success.class);
    join(accounts.startLogin("fifth", "password"));
    join(accounts.startLogin("fifth", "password"));
    assertThat(refusal(accounts.create("192.0.2.1", "eighth", "password", "A")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }
}
