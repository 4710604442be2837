package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ten wrong passwords for one name within a minute close it for a minute.
@ExtendWith(EmbeddedServices.class)
class WrongPasswordsTest {

  private final TestAccounts accounts;

  WrongPasswordsTest(TestServices services) {
    this.accounts = TestAccounts.on(services);
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    accounts.redis().sync().flushdb();
    accounts.execute("DELETE FROM user");
    accounts.user("alice");
    accounts.user("bob");
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void closeTheAccountForAMinuteEvenToTheRightPassword() {
    guess("alice", 10);

    assertThat(refusal(accounts.token("alice", "password")))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.retryAfterMs()).isEqualTo(60_000);
            });
    accounts.clock.forward(Duration.ofMillis(59_999));
    assertThat(refusal(accounts.token("alice", "password")).retryAfterMs()).isEqualTo(1);
    accounts.clock.forward(Duration.ofMillis(1));
    assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
  }

  @Test
  void closeANameThatNobodyHasTheSameWay() {
    guess("nobody", 10);
    guess("alice", 10);

    assertThat(refusal(accounts.token("nobody", "password")))
        .isEqualTo(refusal(accounts.token("alice", "password")));
  }

  @Test
  void leaveOtherAccountsOpen() {
    guess("alice", 10);
    assertThat(accounts.token("bob", "password")).isInstanceOf(Reply.Success.class);
  }

  @Test
  void leaveTheAccountOpenWhereTheyAreNine() {
    guess("alice", 9);
    assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
    guess("alice", 1);
    assertThat(refusal(accounts.token("alice", "password")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void countForAMinuteOnly() {
    guess("alice", 5);
    accounts.clock.forward(Duration.ofMinutes(1));
    guess("alice", 9);
    assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
  }

  @Test
  void areNotCountedWhileTheAccountIsClosed() {
    guess("alice", 10);
    accounts.clock.forward(Duration.ofSeconds(50));
    for (int i = 0; i < 20; i++) {
      assertThat(refusal(accounts.token("alice", "wrong password")).code())
          .isEqualTo(ErrorCode.RATE_LIMITED);
    }
    accounts.clock.forward(Duration.ofSeconds(10));
    assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
  }

  @Test
  void areNotCheckedBeyondTheLimitHoweverManyComeAtOnce() {
    var guesses = new ArrayList<CompletionStage<Reply>>();
    for (int i = 0; i < 100; i++) {
      guesses.add(accounts.startLogin("alice", "guess number " + i));
    }
    long checked =
        guesses.stream()
            .map(TestAccounts::join)
            .filter(reply -> refusal(reply).code() == ErrorCode.BAD_CREDENTIALS)
            .count();

    // One more may be under way on each of the other hashers' threads.
    int others = Runtime.getRuntime().availableProcessors() - 1;
    assertThat(checked).isBetween(10L, 10L + others);
  }

  private void guess(String username, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(refusal(accounts.token(username, "wrong password")).code())
          .isEqualTo(ErrorCode.BAD_CREDENTIALS);
    }
  }
}
