package io.hongbao.media.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Ogg, RFC 3533: pages, each of which says how many samples there were up to its end. Of Opus (RFC
/// 7845) and Vorbis; how long other sound lasts it does not say.
final class Ogg {

  private static final int OPUS_HERTZ = 48_000;
  private static final int SEGMENT_COUNT_AT = 26;

  private Ogg() {}

  static Measures measures(Path file) throws IOException {
    try (var in = new ByteReader(file)) {
      long hertz = 0;
      long skipped = 0;
      long samples = 0;
      boolean first = true;
      while (!in.isAtEnd()) {
        ByteBuffer page = littleEndian(in.bytes(SEGMENT_COUNT_AT + 1));
        if (page.getInt(0) != 0x5367674F) { // OggS
          throw new UnfitException("it has no page where one must be");
        }
        samples = Math.max(samples, page.getLong(6));
        int length = 0;
        for (byte segment : in.bytes(page.get(SEGMENT_COUNT_AT) & 0xFF)) {
          length += segment & 0xFF;
        }
        byte[] packet = in.bytes(length);
        if (first && startsWith(packet, "OpusHead") && length >= 12) {
          hertz = OPUS_HERTZ;
          skipped = littleEndian(packet).getShort(10) & 0xFFFF;
        } else if (first && startsWith(packet, "\u0001vorbis") && length >= 16) {
          hertz = littleEndian(packet).getInt(12);
        }
        first = false;
      }
      boolean known = hertz > 0 && samples > skipped;
      return known
          ? new Measures(null, null, Math.round((samples - skipped) * 1_000.0 / hertz))
          : Measures.NONE;
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean startsWith(byte[] packet, String name) {
    return new String(packet, StandardCharsets.ISO_8859_1).startsWith(name);
  }
}
