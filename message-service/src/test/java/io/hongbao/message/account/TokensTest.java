package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.message.TestClock;
import io.hongbao.message.account.Tokens.Verified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final String SECRET = "a secret of thirty-two characters";
  private static final String GOOD =
      "{\"iss\":\"hongbao\",\"sub\":\"42\",\"exp\":1900000000,\"iat\":1800000000,\"jti\":\"x\"}";

  private final TestClock clock = new TestClock();
  private final Tokens tokens = new Tokens(SECRET, Duration.ofDays(7), clock);

  @Test
  void saysWhoseTokenItIsAndUntilWhen() {
    IssuedToken issued = tokens.issue(912121168775892992L);

    assertThat(issued.expiresAt()).isEqualTo(clock.millis() + Duration.ofDays(7).toMillis());
    assertThat(tokens.verify(issued.token()))
        .isEqualTo(new Verified(912121168775892992L, issued.expiresAt()));
  }

  @Test
  void holdsTheRegisteredClaims() throws Exception {
    var claims = JWSObject.parse(tokens.issue(42).token()).getPayload().toJSONObject();

    assertThat(claims).containsOnlyKeys("iss", "sub", "exp", "iat", "jti");
    assertThat(claims).containsEntry("iss", "hongbao").containsEntry("sub", "42");
  }

  @Test
  void neverMakesTheSameTokenTwice() {
    var made = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      assertThat(made.add(tokens.issue(42).token())).isTrue();
    }
  }

  @Test
  void stillReadsAnExpiredToken() {
    IssuedToken issued = tokens.issue(42);
    clock.forward(Duration.ofDays(8));

    assertThat(tokens.verify(issued.token())).isEqualTo(new Verified(42, issued.expiresAt()));
    assertThat(issued.expiresAt()).isLessThan(clock.millis());
  }

  @Test
  void refusesEveryTokenWithOneCharacterChanged() {
    String token = tokens.issue(42).token();
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.verify(tampered)).as("character %d", i).isNull();
    }
  }

  @Test
  void refusesASignatureSpeltOtherwise() {
    String token = tokens.issue(42).token();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // The last of 43 characters carries four bits; the other two are 0.
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    for (int spare = 1; spare < 4; spare++) {
      String other = token.substring(0, token.length() - 1) + alphabet.charAt(last + spare);
      assertThat(tokens.verify(other)).isNull();
    }
    assertThat(tokens.verify(token + "=")).isNull();
    assertThat(tokens.verify(token + "\n")).isNull();
  }

  @Test
  void refusesAnotherKey() {
    var foreign = new Tokens("another secret of thirty-two chars", Duration.ofDays(7), clock);
    assertThat(tokens.verify(foreign.issue(42).token())).isNull();
  }

  @Test
  void refusesTheAlgorithmNone() {
    String body = base64("{\"alg\":\"none\"}") + "." + base64(GOOD) + ".";
    assertThat(tokens.verify(body)).isNull();
    assertThat(tokens.verify(body + signatureOf(tokens.issue(42).token()))).isNull();
  }

  @Test
  void refusesAnotherAlgorithmOfTheSameKey() throws Exception {
    String longSecret = "x".repeat(64);
    var longKey = new Tokens(longSecret, Duration.ofDays(7), clock);
    var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS512), new Payload(GOOD));
    token.sign(new MACSigner(longSecret));
    assertThat(longKey.verify(token.serialize())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"iss":"hongbao","sub":"42","exp":1900000000}     | true
          {"iss":"hongbao","sub":"42","exp":1900000000.5}   | true
          {"iss":"another","sub":"42","exp":1900000000}     | false
          {"sub":"42","exp":1900000000}                     | false
          {"iss":"hongbao","exp":1900000000}                | false
          {"iss":"hongbao","sub":"alice","exp":1900000000}  | false
          {"iss":"hongbao","sub":"-1","exp":1900000000}     | false
          {"iss":"hongbao","sub":"42"}                      | false
          {"iss":"hongbao","sub":"42","exp":"1900000000"}   | false
          []                                                | false
          7                                                 | false
          not JSON                                          | false
          """)
  void readsOurClaimsOnly(String payload, boolean ours) throws Exception {
    var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    token.sign(new MACSigner(SECRET));
    assertThat(tokens.verify(token.serialize()) != null).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "null", "{}", "Bearer x", "🧧.🧧.🧧"})
  void refusesWhatIsNoToken(String text) {
    assertThat(tokens.verify(text)).isNull();
  }

  @Test
  void refusesNestedAndEndlessText() {
    assertThat(tokens.verify(base64("[".repeat(2_000)) + ".x.x")).isNull();
    assertThat(tokens.verify(base64("{\"a\":".repeat(500)) + ".x.x")).isNull();
    assertThat(tokens.verify("x".repeat(10_000_000))).isNull();
  }

  @Test
  void refusesNoiseWithoutThrowing() {
    var random = new Random(42);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      String noise = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(tokens.verify(noise)).isNull();
      assertThat(tokens.verify(base64(noise) + "." + base64(noise) + "." + base64(noise))).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "thirty-one characters are short"})
  void refusesToStartWithAShortSecret(String secret) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> new Tokens(secret, Duration.ofDays(7), clock))
        .withMessage("auth.token-secret must have at least 32 characters");
  }

  @Test
  void neverShowsAToken() {
    IssuedToken issued = tokens.issue(42);
    assertThat(issued.toString()).contains("42").doesNotContain(issued.token());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String signatureOf(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }
}
