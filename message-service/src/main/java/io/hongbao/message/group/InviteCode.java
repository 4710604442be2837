package io.hongbao.message.group;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A code that lets who holds it join: a row of `invite_code`.
///
/// The code is the group's id and 96 random bits in base 36: nobody guesses one, it stands in a
/// link as it is, and it tells the way to its group's lane (and shard) before anything is read.
///
/// @param expiresAt epoch milliseconds; from then on it lets nobody in
public record InviteCode(
    String code,
    long groupId,
    long creatorId,
    long createdAt,
    long expiresAt,
    @Nullable Long revokedAt) {

  /// Longest code that is looked at.
  public static final int CHARACTERS_MAX = 64;

  private static final int RANDOM_BYTES = 12;
  private static final int BYTES = Long.BYTES + RANDOM_BYTES;

  /// @param random of cryptographic strength
  static String random(long groupId, RandomGenerator random) {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    byte[] bytes = ByteBuffer.allocate(BYTES).putLong(groupId).put(secret).array();
    return new BigInteger(1, bytes).toString(Character.MAX_RADIX);
  }

  /// The group that a code would be of, or null where no code looks like this.
  static @Nullable Long groupIdOf(String code) {
    if (!code.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
      return null;
    }
    BigInteger groupId =
        new BigInteger(code, Character.MAX_RADIX).shiftRight(RANDOM_BYTES * Byte.SIZE);
    return groupId.bitLength() < Long.SIZE ? groupId.longValue() : null;
  }

  boolean isValidAt(long now) {
    return revokedAt == null && now < expiresAt;
  }

  InviteCode revoked(long at) {
    return revokedAt == null
        ? new InviteCode(code, groupId, creatorId, createdAt, expiresAt, at)
        : this;
  }
}
