package io.hongbao.media.upload;

import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What clients ask about media. Each record names its refusals, first that applies; all of them
/// may also be refused `invalid_argument` for a malformed field and `unavailable`.
public sealed interface MediaRequest {

  int NAME_CHARACTERS_MAX = 255;

  /// Announces an upload. The same content of the same user is the same medium. Refusals:
  /// `media_too_large`, `limit_reached` (the user's quota).
  record Prepare(
      Kind kind,
      ContentType contentType,
      long bytes,
      Sha256 sha256,
      @Nullable String name,
      boolean keepLocation)
      implements MediaRequest {

    /// Tells one content from another: the same announced again is the same upload.
    Sha256 contentKey() {
      return Sha256.of(
          String.join(
              "\n",
              kind.name(),
              contentType.text(),
              Long.toString(bytes),
              sha256.hex(),
              Boolean.toString(keepLocation)));
    }
  }

  /// The parts in which a large upload may be made, and which of them are there already. Refusals:
  /// `not_found`, `forbidden` (another's).
  record Parts(long mediaId, @Nullable Cursor cursor, int limit) implements MediaRequest {}

  /// Has what was uploaded checked. Refusals: `not_found`, `forbidden` (another's),
  /// `media_mismatch`, `media_too_large` (more pixels than anyone will decode). Repeating it after
  /// a success answers as the first time.
  record Complete(long mediaId) implements MediaRequest {}

  /// A signed URL. Refusals: `not_found`, `forbidden`.
  record Url(long mediaId) implements MediaRequest {}

  /// @return null where the operation is none of these
  static @Nullable MediaRequest parse(String op, Fields fields) {
    return switch (op) {
      case "media.prepare" -> prepare(fields);
      case "media.parts" -> new Parts(fields.id("mediaId"), Cursor.of(fields, 1), fields.limit());
      case "media.complete" -> new Complete(fields.id("mediaId"));
      case "media.url" -> new Url(fields.id("mediaId"));
      default -> null;
    };
  }

  private static Prepare prepare(Fields fields) {
    Kind kind = fields.word("kind", Kind::uploaded);
    ContentType type = fields.word("contentType", text -> ContentType.of(kind, text));
    return new Prepare(
        kind,
        type,
        fields.integer("bytes", 1, Long.MAX_VALUE),
        fields.word("sha256", Sha256::parse),
        fields.optionalText("name", 1, NAME_CHARACTERS_MAX),
        Boolean.TRUE.equals(fields.optionalBool("keepLocation")));
  }
}
