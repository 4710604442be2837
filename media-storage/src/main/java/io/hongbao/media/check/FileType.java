package io.hongbao.media.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// What a file is by its first bytes, as Tika knows them; no name is looked at.
final class FileType {

  /// Tika tells brands of MP4 apart, not always as others do; QuickTime itself [Mp4] refuses.
  private static final Set<String> ISO_MEDIA =
      Set.of("video/mp4", "audio/mp4", "application/mp4", "video/x-m4v", "video/quicktime");

  /// By type as announced, what Tika may call it.
  private static final Map<String, Set<String>> NAMES =
      Map.ofEntries(
          Map.entry("image/png", Set.of("image/png", "image/apng")),
          Map.entry("image/jpeg", Set.of("image/jpeg")),
          Map.entry("image/gif", Set.of("image/gif")),
          Map.entry("image/webp", Set.of("image/webp")),
          Map.entry("audio/mpeg", Set.of("audio/mpeg")),
          Map.entry("audio/wav", Set.of("audio/vnd.wave")),
          Map.entry(
              "audio/ogg",
              Set.of("application/ogg", "audio/ogg", "audio/vorbis", "audio/opus", "audio/speex")),
          Map.entry("audio/mp4", ISO_MEDIA),
          Map.entry("video/mp4", ISO_MEDIA),
          Map.entry("audio/webm", Set.of("application/x-matroska", "video/webm", "audio/webm")),
          Map.entry("video/webm", Set.of("application/x-matroska", "video/webm")));

  private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

  private FileType() {}

  /// @throws UnfitException where it is another
  static void require(String announced, Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String real = TYPES.detect(in, new Metadata()).getBaseType().toString();
      if (!NAMES.getOrDefault(announced, Set.of()).contains(real)) {
        throw new UnfitException("it is not " + announced + " but " + real);
      }
    }
  }
}
