package io.hongbao.media.upload;

import io.hongbao.common.contract.MediaLibrary.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A media type without parameters, in lower case.
record ContentType(String text) {

  private static final int CHARACTERS_MAX = 127;
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final Set<String> SOUNDS =
      Set.of("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm");
  private static final Set<String> VIDEOS = Set.of("video/mp4", "video/webm");

  /// RFC 6838, section 4.2.
  private static final Pattern ANY =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*");

  /// The type as announced for an upload, or null where the kind does not have it.
  static @Nullable ContentType of(Kind kind, String announced) {
    String text = announced.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean known =
        switch (kind) {
          case IMAGE, AVATAR -> PICTURES.contains(text);
          case AUDIO -> SOUNDS.contains(text);
          case VIDEO -> VIDEOS.contains(text);
          case FILE -> text.length() <= CHARACTERS_MAX && ANY.matcher(text).matches();
          case THUMBNAIL -> false;
        };
    return known ? new ContentType(text) : null;
  }
}
