package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.data;
import static io.hongbao.message.account.TestAccounts.tokenOf;
import static io.hongbao.message.account.TestAccounts.userIdOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Identity.Authenticated;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class AuthenticateTest {

  private final TestServices services;
  private final TestAccounts accounts;

  AuthenticateTest(TestServices services) {
    this.services = services;
    this.accounts = TestAccounts.on(services);
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    accounts.redis().sync().flushdb();
    accounts.execute("DELETE FROM user");
  }

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void knowsTheUserOfAToken() {
    Reply created = accounts.create("192.0.2.1", "alice", "password", "爱丽丝");

    Authenticated alice = done(accounts.authenticate(tokenOf(created)));

    assertThat(alice.userId()).isEqualTo(userIdOf(created));
    assertThat(alice.expiresAt()).isEqualTo(data(created).path("expiresAt").longValue());
    assertThat(TestAccounts.read(alice.user()))
        .isEqualTo(
            TestAccounts.read(
                """
                {"userId":"%d","username":"alice","nickname":"爱丽丝"}"""
                    .formatted(alice.userId())
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void leavesItToTheCallerThatATokenHasExpired() {
    String token = tokenOf(accounts.create("alice", "password"));
    accounts.clock.forward(Duration.ofDays(7));

    Authenticated expired = done(accounts.authenticate(token));

    assertThat(expired.expiresAt()).isEqualTo(accounts.clock.millis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void refusesWhatIsNoToken(String token) {
    assertThat(code(accounts.authenticate(token))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void refusesAForeignToken() {
    var foreign =
        new Tokens("the secret of quite another server", Duration.ofDays(1), accounts.clock);
    String token = foreign.issue(accounts.user("alice")).token();
    assertThat(code(accounts.authenticate(token))).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void refusesATokenOfNobody() {
    var own = new Tokens(TestAccounts.SECRET, Duration.ofDays(1), accounts.clock);
    assertThat(code(accounts.authenticate(own.issue(4711).token())))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void refusesADisabledAccount() throws SQLException {
    Reply created = accounts.create("alice", "password");
    accounts.disable(userIdOf(created));
    assertThat(code(accounts.authenticate(tokenOf(created)))).isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void showsANewNicknameAtOnce() {
    Reply created = accounts.create("alice", "password");
    accounts.authenticate(tokenOf(created));
    accounts.ask(userIdOf(created), "user.update", Map.of("nickname", "Alicia"));

    Authenticated alice = done(accounts.authenticate(tokenOf(created)));
    assertThat(TestAccounts.read(alice.user()).path("nickname").textValue()).isEqualTo("Alicia");
  }

  @Test
  void aTokenIsGoodAfterARestart() {
    String token = tokenOf(accounts.create("alice", "password"));
    try (TestAccounts restarted = TestAccounts.on(services)) {
      assertThat(restarted.authenticate(token)).isInstanceOf(Done.class);
    }
  }

  private static Authenticated done(Outcome<Authenticated> outcome) {
    return switch (outcome) {
      case Done(var authenticated) -> authenticated;
      case Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  private static ErrorCode code(Outcome<Authenticated> outcome) {
    return switch (outcome) {
      case Done(var authenticated) -> throw new AssertionError("done: " + authenticated);
      case Refused(var refusal) -> refusal.code();
    };
  }
}
