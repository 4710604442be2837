package io.hongbao.media.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// MP4, ISO 14496-12: boxes in boxes. Of a file that is recorded piece by piece and never closed
/// the header does not say how long it is.
final class Mp4 {

  /// Boxes in boxes in boxes: those that are looked into are four deep.
  private static final int DEPTH_MAX = 4;

  private static final int ROTATION_BYTES = 36;

  /// The brand of what is not MP4, though it looks alike.
  private static final String QUICKTIME = "qt  ";

  private final ByteReader in;
  private boolean hasMovie;
  private @Nullable Long durationMs;
  private @Nullable Integer width;
  private @Nullable Integer height;

  private Mp4(ByteReader in) {
    this.in = in;
  }

  static Measures measures(Path file) throws IOException {
    try (var in = new ByteReader(file)) {
      var mp4 = new Mp4(in);
      mp4.readBoxes(in.left(), 0);
      if (!mp4.hasMovie) {
        throw new UnfitException("it holds no movie");
      }
      return new Measures(mp4.width, mp4.height, mp4.durationMs);
    }
  }

  private void readBoxes(long end, int depth) throws IOException {
    while (in.position() < end) {
      long start = in.position();
      long size = in.u32();
      String type = new String(in.bytes(4), StandardCharsets.ISO_8859_1);
      if (size == 1) {
        size = u64();
      } else if (size == 0 && depth == 0) {
        size = end - start; // the last box, up to the end
      }
      long boxEnd = start + size;
      if (boxEnd < in.position() || boxEnd > end) {
        throw new UnfitException("a box of it is cut off");
      }
      readBox(type, boxEnd, depth);
      if (in.position() > boxEnd) {
        throw new UnfitException("a box of it is too small");
      }
      in.skip(boxEnd - in.position());
    }
  }

  private void readBox(String type, long end, int depth) throws IOException {
    switch (type) {
      case "moov", "trak" -> {
        hasMovie = true;
        if (depth < DEPTH_MAX) {
          readBoxes(end, depth + 1);
        }
      }
      case "ftyp" -> {
        if (new String(in.bytes(4), StandardCharsets.ISO_8859_1).equals(QUICKTIME)) {
          throw new UnfitException("it is QuickTime");
        }
      }
      case "mvhd" -> readMovieHeader();
      case "tkhd" -> readTrackHeader();
      default -> {
        // nothing of it is asked for
      }
    }
  }

  private void readMovieHeader() throws IOException {
    boolean wide = isWide();
    in.skip(wide ? 16 : 8); // when it was made and changed
    long scale = in.u32();
    long duration = wide ? u64() : in.u32();
    boolean unknown = duration <= 0 || duration == 0xFFFF_FFFFL || scale == 0;
    durationMs = unknown ? null : (Long) Math.round(duration * 1_000.0 / scale);
  }

  private void readTrackHeader() throws IOException {
    boolean wide = isWide();
    in.skip(wide ? 32 : 20); // times, number, duration
    in.skip(16); // layer, volume and the like
    byte[] rotation = in.bytes(ROTATION_BYTES);
    int trackWidth = in.u16();
    in.skip(2); // its fraction
    int trackHeight = in.u16();
    in.skip(2);
    if (trackWidth > 0 && trackHeight > 0 && width == null) {
      boolean onItsSide = isZero(rotation, 0) && isZero(rotation, 16);
      width = onItsSide ? trackHeight : trackWidth;
      height = onItsSide ? trackWidth : trackHeight;
    }
  }

  /// Whether the box is of version 1, with times of 64 bits; past version and flags.
  private boolean isWide() throws IOException {
    int version = in.u8();
    in.skip(3);
    return version == 1;
  }

  private long u64() throws IOException {
    return in.u32() << 32 | in.u32();
  }

  private static boolean isZero(byte[] bytes, int at) {
    return (bytes[at] | bytes[at + 1] | bytes[at + 2] | bytes[at + 3]) == 0;
  }
}
