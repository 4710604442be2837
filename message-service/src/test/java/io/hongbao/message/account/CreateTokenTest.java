package io.hongbao.message.account;

import static io.hongbao.message.account.TestAccounts.refusal;
import static io.hongbao.message.account.TestAccounts.tokenOf;
import static io.hongbao.message.account.TestAccounts.userIdOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class CreateTokenTest {

  private final TestServices services;
  private TestAccounts accounts;

  CreateTokenTest(TestServices services) {
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
  void givesANewTokenEachTime() {
    long alice = accounts.user("alice");

    Reply first = accounts.token("alice", "password");
    Reply second = accounts.token("alice", "password");

    assertThat(userIdOf(first)).isEqualTo(alice);
    assertThat(userIdOf(second)).isEqualTo(alice);
    assertThat(tokenOf(first)).isNotEqualTo(tokenOf(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "", "x", "ALICE", "alice ", "al'ice", "爱丽丝", "alice\u0000"})
  void answersTheSameForNobodyAsForAWrongPassword(String username) {
    accounts.user("alice");

    assertThat(refusal(accounts.token(username, "password")))
        .isEqualTo(refusal(accounts.token("alice", "wrong password")));
    assertThat(refusal(accounts.token(username, "password")).code())
        .isEqualTo(ErrorCode.BAD_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Password", "password ", "passwor", "passwordpassword"})
  void wantsThePasswordExactly(String password) {
    accounts.user("alice");
    assertThat(refusal(accounts.token("alice", password)).code())
        .isEqualTo(ErrorCode.BAD_CREDENTIALS);
  }

  @Test
  void tellsThatAnAccountIsDisabledToItsOwnerOnly() throws SQLException {
    accounts.disable(accounts.user("alice"));

    assertThat(refusal(accounts.token("alice", "password")).code()).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(refusal(accounts.token("alice", "wrong password")).code())
        .isEqualTo(ErrorCode.BAD_CREDENTIALS);
  }

  @Test
  void hashesAnewWhereTheSettingHasChanged() throws SQLException {
    accounts.user("alice");
    String before = hash();
    accounts.token("alice", "password");
    assertThat(hash()).isEqualTo(before);

    accounts.close();
    accounts = TestAccounts.with(services, "argon2id:m=128,t=1,p=1", 1_000);
    accounts.token("alice", "wrong password");
    assertThat(hash()).isEqualTo(before);
    accounts.token("alice", "password");

    assertThat(hash()).startsWith("$argon2id$v=19$m=128,t=1,p=1$");
    assertThat(accounts.token("alice", "password")).isInstanceOf(Reply.Success.class);
  }

  private String hash() throws SQLException {
    return accounts.value("SELECT password_hash FROM user WHERE username = 'alice'");
  }
}
