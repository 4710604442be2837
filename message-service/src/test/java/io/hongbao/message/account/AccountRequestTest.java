package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import io.hongbao.common.wire.Json;
import io.hongbao.message.account.AccountRequest.CreateAccount;
import io.hongbao.message.account.AccountRequest.CreateToken;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRequestTest {

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a-b_c.d", "007", "...", "abcdefghijklmnopqrstuvwxyz012345"})
  void takesUsername(String username) {
    assertThat(create(Map.of("username", username)))
        .isEqualTo(new CreateAccount(username, "password", "Nick"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "abcdefghijklmnopqrstuvwxyz0123456",
        "Alice",
        "al ice",
        "alice ",
        "al\u0000ice",
        "al/ice",
        "al@ice",
        "älice",
        "алиса",
        "爱丽丝",
        "a🧧b"
      })
  void refusesUsername(String username) {
    assertInvalid("username", Map.of("username", username));
  }

  @ParameterizedTest
  @MethodSource("goodPasswords")
  void takesPassword(String password) {
    assertThat(create(Map.of("password", password)))
        .isEqualTo(new CreateAccount("alice", password, "Nick"));
  }

  static String[] goodPasswords() {
    return new String[] {"12345678", " ".repeat(8), "🧧".repeat(8), "🧧".repeat(128)};
  }

  @ParameterizedTest
  @MethodSource("badPasswords")
  void refusesPassword(String password) {
    assertInvalid("password", Map.of("password", password));
  }

  static String[] badPasswords() {
    return new String[] {"", "1234567", "🧧".repeat(7), "x".repeat(129), "12345678\uD800"};
  }

  @ParameterizedTest
  @MethodSource("goodNicknames")
  void takesNicknameAsItStands(String nickname) {
    assertThat(create(Map.of("nickname", nickname)))
        .isEqualTo(new CreateAccount("alice", "password", nickname));
  }

  static String[] goodNicknames() {
    return new String[] {
      "A",
      " A ",
      "爱丽丝",
      "أليس",
      "ア リ ス",
      "🧧".repeat(32),
      "👩‍👩‍👧‍👦", // one family: four people and three joiners
      "x".repeat(32)
    };
  }

  @ParameterizedTest
  @MethodSource("badNicknames")
  void refusesNickname(String nickname) {
    assertInvalid("nickname", Map.of("nickname", nickname));
  }

  static String[] badNicknames() {
    return new String[] {
      "",
      " ",
      "\u3000\u00A0\u2003",
      "\u200B\u200D\uFEFF",
      "\t",
      "A\nB",
      "A\u0000",
      "A\u007F",
      "A\u0085",
      "A\u2028B",
      "x".repeat(33),
      "🧧".repeat(33),
      "\uDC00"
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password", "nickname"})
  void wantsEachFieldAsAString(String field) {
    var absent = new HashMap<String, @Nullable Object>();
    absent.put(field, null);
    assertInvalid(field, absent);
    assertInvalid(field, Map.of(field, 12345678));
    assertInvalid(field, Map.of(field, new String[] {"abcdefgh"}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Alice", "nobody has such a name"})
  void aTokenTakesAnyCredentialsThatSomebodyMightClaim(String text) {
    assertThat(
            AccountRequest.parse(
                "account.token", fields(Map.of("username", text, "password", text))))
        .isEqualTo(new CreateToken(text, text));
  }

  @Test
  void aTokenRefusesEndlessCredentials() {
    assertThatExceptionOfType(InvalidFieldException.class)
        .isThrownBy(
            () ->
                AccountRequest.parse(
                    "account.token",
                    fields(Map.of("username", "alice", "password", "x".repeat(257)))))
        .satisfies(e -> assertThat(e.refusal().field()).isEqualTo("password"));
  }

  @Test
  void neverShowsAPassword() {
    assertThat(new CreateAccount("alice", "hunter2hunter2", "A").toString())
        .doesNotContain("hunter2");
    assertThat(new CreateToken("alice", "hunter2hunter2").toString()).doesNotContain("hunter2");
  }

  @Test
  void leavesOtherOperationsToOthers() {
    assertThat(AccountRequest.parse("user.get", fields(Map.of()))).isNull();
  }

  private static void assertInvalid(String field, Map<String, ? extends @Nullable Object> changes) {
    assertThatExceptionOfType(InvalidFieldException.class)
        .isThrownBy(() -> create(changes))
        .satisfies(e -> assertThat(e.refusal().field()).isEqualTo(field));
  }

  private static @Nullable AccountRequest create(Map<String, ? extends @Nullable Object> changes) {
    var data = new HashMap<String, @Nullable Object>();
    data.put("username", "alice");
    data.put("password", "password");
    data.put("nickname", "Nick");
    data.putAll(changes);
    return AccountRequest.parse("account.create", fields(data));
  }

  private static Fields fields(Map<String, ? extends @Nullable Object> data) {
    return Fields.of(Json.bytes(data));
  }
}
