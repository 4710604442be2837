package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hongbao.common.config.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  private static final String CHEAP_ARGON2 = "argon2id:m=64,t=1,p=1";
  private static final String CHEAP_BCRYPT = "bcrypt:cost=4";

  @ParameterizedTest
  @ValueSource(strings = {CHEAP_ARGON2, "argon2id:m=128,t=2,p=2", CHEAP_BCRYPT})
  void matchesTheRightPasswordOnly(String setting) {
    PasswordHash hashing = PasswordHash.of(setting);
    String hash = hashing.hash("Sésame, ouvre-toi 🧧");

    assertThat(hashing.matches("Sésame, ouvre-toi 🧧", hash)).isTrue();
    assertThat(hashing.matches("Sésame, ouvre-toi", hash)).isFalse();
    assertThat(hashing.matches("", hash)).isFalse();
    assertThat(hashing.isCurrent(hash)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHEAP_ARGON2, CHEAP_BCRYPT})
  void looksAtAllOfALongPassword(String setting) {
    PasswordHash hashing = PasswordHash.of(setting);
    String longest = "界".repeat(127);

    String hash = hashing.hash(longest + "a");

    assertThat(hashing.matches(longest + "a", hash)).isTrue();
    assertThat(hashing.matches(longest + "b", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHEAP_ARGON2, CHEAP_BCRYPT})
  void saltsEachHash(String setting) {
    PasswordHash hashing = PasswordHash.of(setting);
    assertThat(hashing.hash("password")).isNotEqualTo(hashing.hash("password"));
  }

  @Test
  void namesAlgorithmAndCostInTheHash() {
    assertThat(PasswordHash.of("argon2id:m=72,t=3,p=1").hash("password"))
        .startsWith("$argon2id$v=19$m=72,t=3,p=1$");
    assertThat(PasswordHash.of(CHEAP_BCRYPT).hash("password")).startsWith("$2b$04$");
  }

  @Test
  void checksWithTheParametersInTheHash() {
    PasswordHash old = PasswordHash.of(CHEAP_BCRYPT);
    PasswordHash stronger = PasswordHash.of("argon2id:m=72,t=2,p=1");
    String oldHash = old.hash("password");
    String newHash = stronger.hash("password");

    assertThat(stronger.matches("password", oldHash)).isTrue();
    assertThat(stronger.matches("passwort", oldHash)).isFalse();
    assertThat(stronger.isCurrent(oldHash)).isFalse();
    assertThat(old.matches("password", newHash)).isTrue();
    assertThat(old.isCurrent(newHash)).isFalse();
    assertThat(PasswordHash.of("argon2id:m=72,t=1,p=1").isCurrent(newHash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "argon2id",
        "argon2id:",
        "argon2id:m=19456",
        "argon2id:m=19456,t=2,p=1 ",
        "argon2id:m=19456,t=0,p=1",
        "argon2id:m=19456,t=2,p=0",
        "argon2id:m=7,t=1,p=1",
        "argon2id:m=15,t=1,p=2",
        "argon2id:m=1048577,t=1,p=1",
        "argon2id:m=-1,t=1,p=1",
        "argon2i:m=19456,t=2,p=1",
        "ARGON2ID:m=19456,t=2,p=1",
        "bcrypt",
        "bcrypt:cost=3",
        "bcrypt:cost=21",
        "bcrypt:12",
        "md5",
        "plain"
      })
  void refusesToStartWithAWrongSetting(String setting) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> PasswordHash.of(setting))
        .withMessageStartingWith("auth.password-hash must ");
  }
}
