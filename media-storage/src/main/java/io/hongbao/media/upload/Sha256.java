package io.hongbao.media.upload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A SHA-256 digest.
///
/// @param hex in lower case
record Sha256(String hex) {

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  /// The digest that the text is, or null where it is none.
  static @Nullable Sha256 parse(String text) {
    return HEX.matcher(text).matches() ? new Sha256(text.toLowerCase(Locale.ROOT)) : null;
  }

  static Sha256 of(String text) {
    return finished(begin(), text.getBytes(StandardCharsets.UTF_8));
  }

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  static Sha256 finished(MessageDigest digest, byte... last) {
    return new Sha256(HexFormat.of().formatHex(digest.digest(last)));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
