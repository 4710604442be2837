package io.hongbao.message.account;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.Hash;
import com.password4j.HashingFunction;
import com.password4j.SaltGenerator;
import com.password4j.types.Argon2;
import com.password4j.types.Bcrypt;
import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How passwords become hashes: a new one by algorithm and cost of the setting, a check by those
/// that the hash itself names.
///
/// Either costs tens to hundreds of milliseconds of a processor and, with argon2id, `m` KiB of
/// memory: [Passwords] bounds how many run. Safe for any number of threads.
final class PasswordHash {

  private static final Pattern ARGON2ID =
      Pattern.compile("argon2id:m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})");
  private static final Pattern BCRYPT = Pattern.compile("bcrypt:cost=(\\d{1,2})");

  private static final int ARGON2_KIB_MAX = 1_048_576;
  private static final int ARGON2_KIB_PER_LANE_MIN = 8; // RFC 9106, section 3.1
  private static final int ARGON2_SALT_BYTES = 16; // RFC 9106, section 3.1
  private static final int ARGON2_HASH_BYTES = 32;
  private static final int BCRYPT_COST_MIN = 4;
  private static final int BCRYPT_COST_MAX = 20;

  private final HashingFunction current;

  private PasswordHash(HashingFunction current) {
    this.current = current;
  }

  /// @param setting the value of `auth.password-hash`
  /// @throws InvalidSettingException where it is none
  static PasswordHash of(String setting) {
    Matcher argon2 = ARGON2ID.matcher(setting);
    Matcher bcrypt = BCRYPT.matcher(setting);
    if (argon2.matches()) {
      return new PasswordHash(argon2(number(argon2, 1), number(argon2, 2), number(argon2, 3)));
    }
    if (bcrypt.matches()) {
      return new PasswordHash(bcrypt(number(bcrypt, 1)));
    }
    throw invalid("must look like argon2id:m=19456,t=2,p=1 or bcrypt:cost=12");
  }

  /// A hash with a salt of its own, in the usual form that names its parameters.
  String hash(String password) {
    byte[] material = material(current, password);
    Hash hash =
        current instanceof Argon2Function
            ? current.hash(material, SaltGenerator.generate(ARGON2_SALT_BYTES))
            : current.hash(material);
    return hash.getResult();
  }

  boolean matches(String password, String hash) {
    HashingFunction maker = makerOf(hash);
    return maker.check(material(maker, password), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /// Whether a new hash would be made the same way.
  boolean isCurrent(String hash) {
    return makerOf(hash).equals(current);
  }

  private static HashingFunction argon2(int memoryKib, int passes, int lanes) {
    if (passes < 1 || lanes < 1) {
      throw invalid("must have t and p of at least 1");
    }
    if (memoryKib < ARGON2_KIB_PER_LANE_MIN * lanes || memoryKib > ARGON2_KIB_MAX) {
      throw invalid("must have m of 8 times p to " + ARGON2_KIB_MAX);
    }
    return Argon2Function.getInstance(memoryKib, passes, lanes, ARGON2_HASH_BYTES, Argon2.ID);
  }

  private static HashingFunction bcrypt(int cost) {
    if (cost < BCRYPT_COST_MIN || cost > BCRYPT_COST_MAX) {
      throw invalid("must have a cost of " + BCRYPT_COST_MIN + " to " + BCRYPT_COST_MAX);
    }
    return BcryptFunction.getInstance(Bcrypt.B, cost);
  }

  private static HashingFunction makerOf(String hash) {
    return hash.startsWith("$argon2")
        ? Argon2Function.getInstanceFromHash(hash)
        : BcryptFunction.getInstanceFromHash(hash);
  }

  /// What is hashed. bcrypt takes 72 bytes and forgets the rest, and a password has up to 512: it
  /// gets a digest of them all.
  private static byte[] material(HashingFunction maker, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return maker instanceof BcryptFunction ? Base64.getEncoder().encode(sha256(bytes)) : bytes;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static InvalidSettingException invalid(String problem) {
    return new InvalidSettingException(Settings.PASSWORD_HASH.name(), problem);
  }
}
