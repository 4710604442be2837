package io.hongbao.media.check;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies a picture piece by piece, as its format has them, without loss: what shows stays as it
/// is, what only tells about it (its place, the camera, comments) is left out, and so is whatever
/// lies behind its end. Of what EXIF says, how the picture is turned stays.
///
/// Known pieces are taken, all others left: a picture that is another file besides, too, comes out
/// as a picture.
final class PictureCopy {

  private final OutputStream out;
  private final boolean keepsAll;
  private boolean changed;
  private int orientation = Exif.UPRIGHT;

  private PictureCopy(OutputStream out, boolean keepsAll) {
    this.out = out;
    this.keepsAll = keepsAll;
  }

  /// @param changed false where the copy is the same file
  /// @param orientation of EXIF, 1 to 8
  record Copied(boolean changed, int orientation) {}

  /// @param keepsMetadata whether nothing is left out but what lies behind the end
  /// @throws UnfitException where the file is no whole picture of the type
  static Copied of(String contentType, Path from, Path to, boolean keepsMetadata)
      throws IOException {
    try (var in = new ByteReader(from);
        var out = new BufferedOutputStream(Files.newOutputStream(to))) {
      var copy = new PictureCopy(out, keepsMetadata);
      switch (contentType) {
        case "image/jpeg" -> Jpeg.copy(in, copy);
        case "image/png" -> Png.copy(in, copy);
        case "image/gif" -> Gif.copy(in, copy);
        case "image/webp" -> WebP.copy(in, copy);
        default -> throw new IllegalArgumentException(contentType);
      }
      if (!in.isAtEnd()) {
        copy.changed = true;
      }
      return new Copied(copy.changed, copy.orientation);
    }
  }

  OutputStream out() {
    return out;
  }

  boolean keepsAll() {
    return keepsAll;
  }

  /// Notes that something is left out.
  void drop() {
    changed = true;
  }

  /// Notes what EXIF says.
  ///
  /// @param tiff the EXIF data from the byte order on
  /// @return what to write in its place; empty for nothing
  byte[] exif(byte[] tiff) {
    orientation = Exif.orientation(tiff);
    if (keepsAll) {
      return tiff;
    }
    changed = true;
    return orientation == Exif.UPRIGHT ? new byte[0] : Exif.ofOrientation(orientation);
  }
}
