package io.hongbao.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The place behind which the next page of a list begins: a few numbers, opaque to clients. It
/// holds the sort key of the last row shown, so pages neither repeat nor skip what stays where it
/// is.
public record Cursor(long... parts) {

  /// The field `cursor` of a request, or null where it is absent; `invalid_argument` where it is
  /// none that this list gives out.
  public static @Nullable Cursor of(Fields fields, int count) {
    String text = fields.cursor();
    if (text == null) {
      return null;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      long[] parts = Arrays.stream(plain.split("\\.", -1)).mapToLong(Long::parseLong).toArray();
      if (parts.length == count && LongStream.of(parts).allMatch(part -> part >= 0)) {
        return new Cursor(parts);
      }
    } catch (IllegalArgumentException _) {
      // Answered below.
    }
    throw fields.invalid("cursor", "is no cursor of this list");
  }

  public long part(int index) {
    return parts[index];
  }

  public String text() {
    String plain = LongStream.of(parts).mapToObj(Long::toString).collect(Collectors.joining("."));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }
}
