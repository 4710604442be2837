package io.hongbao.message.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tokens: JSON Web Tokens (RFC 7519) signed with HS256 and our own key. Safe for any number of
/// threads; no method blocks.
final class Tokens {

  /// A longer text is no token and is not looked at.
  private static final int TOKEN_CHARACTERS_MAX = 4_096;

  /// Header, claims, and 32 bytes of signature in their one spelling: the last of its characters
  /// carries four bits, the other two are 0.
  private static final Pattern SHAPE =
      Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]{42}[AEIMQUYcgkosw048]");

  private static final int SECRET_CHARACTERS_MIN = 32;
  private static final String ISSUER = "hongbao";
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Duration ttl;
  private final Clock clock;

  /// What a token says whose signature is right.
  ///
  /// @param expiresAt epoch milliseconds, perhaps past
  record Verified(long userId, long expiresAt) {}

  private record Claims(String iss, String sub, BigDecimal exp, BigDecimal iat, String jti) {}

  /// @throws InvalidSettingException where the secret is too short for a key
  Tokens(String secret, Duration ttl, Clock clock) {
    if (secret.length() < SECRET_CHARACTERS_MIN) {
      throw new InvalidSettingException(
          Settings.TOKEN_SECRET.name(),
          "must have at least " + SECRET_CHARACTERS_MIN + " characters");
    }
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (KeyLengthException e) {
      throw new IllegalStateException("32 characters are key enough for HS256", e);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
    this.ttl = ttl;
    this.clock = clock;
  }

  IssuedToken issue(long userId) {
    long now = clock.millis();
    long expiresAt = now + ttl.toMillis();
    var claims =
        new Claims(
            ISSUER,
            Long.toString(userId),
            numericDate(expiresAt),
            numericDate(now),
            UUID.randomUUID().toString());
    var token = new JWSObject(HEADER, new Payload(Json.bytes(claims)));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign a token", e);
    }
    return new IssuedToken(userId, token.serialize(), expiresAt);
  }

  /// What the token says, expired or not; null where it is none of ours.
  @Nullable Verified verify(String token) {
    if (token.length() > TOKEN_CHARACTERS_MAX || !SHAPE.matcher(token).matches()) {
      return null;
    }
    try {
      JWSObject parsed = JWSObject.parse(token);
      return isOurs(parsed) ? claims(parsed.getPayload().toBytes()) : null;
    } catch (ParseException | JOSEException | IOException _) {
      return null;
    }
  }

  /// The algorithm is ours, whatever the token would like.
  private boolean isOurs(JWSObject token) throws JOSEException {
    return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
  }

  private static @Nullable Verified claims(byte[] payload) throws IOException {
    JsonNode claims = Json.mapper().readTree(payload);
    Long userId = Fields.parseId(claims.path("sub").asText());
    JsonNode expires = claims.path("exp");
    return ISSUER.equals(claims.path("iss").textValue()) && userId != null && expires.isNumber()
        ? new Verified(userId, Math.round(expires.doubleValue() * 1_000))
        : null;
  }

  /// Seconds with a fraction (RFC 7519, section 2), so that a token lives exactly as long as told.
  private static BigDecimal numericDate(long epochMillis) {
    return BigDecimal.valueOf(epochMillis, 3);
  }
}
