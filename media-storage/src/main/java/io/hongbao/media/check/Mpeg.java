package io.hongbao.media.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// MPEG audio (ISO 11172-3, 13818-3): frames, each of which says how long it is. Tags before and
/// behind them are passed over.
final class Mpeg {

  private static final int HEADER_BYTES = 4;
  private static final int ID3_HEADER_BYTES = 10;

  /// Kilobits a second by index, for layers I, II and III of MPEG 1, for layer I of MPEG 2, and for
  /// layers II and III of it.
  private static final int[][] KILOBITS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  private Mpeg() {}

  /// @param micros how long it sounds
  private record Frame(int bytes, double micros) {}

  static Measures measures(Path file) throws IOException {
    try (var in = new ByteReader(file)) {
      byte[] header = header(in);
      double micros = 0;
      int frames = 0;
      for (Frame frame = frame(header); frame != null; frame = frame(header)) {
        frames++;
        micros += frame.micros();
        if (in.left() < frame.bytes()) {
          break; // the last one, whole or not
        }
        in.skip(frame.bytes() - HEADER_BYTES);
        header = in.bytes(HEADER_BYTES);
      }
      if (frames == 0) {
        throw new UnfitException("it has no sound");
      }
      return new Measures(null, null, Math.round(micros / 1_000));
    }
  }

  /// The first four bytes behind the tags.
  private static byte[] header(ByteReader in) throws IOException {
    byte[] header = in.bytes(HEADER_BYTES);
    while (new String(header, 0, 3, StandardCharsets.ISO_8859_1).equals("ID3")) {
      byte[] rest = in.bytes(ID3_HEADER_BYTES - HEADER_BYTES);
      in.skip((rest[2] << 21) | (rest[3] << 14) | (rest[4] << 7) | rest[5]); // seven bits of each
      header = in.bytes(HEADER_BYTES);
    }
    return header;
  }

  private static @Nullable Frame frame(byte[] header) {
    int bits = ByteBuffer.wrap(header).getInt();
    int version = (bits >> 19) & 3; // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5
    int layer = 4 - ((bits >> 17) & 3);
    int rate = (bits >> 12) & 15;
    int frequency = (bits >> 10) & 3;
    if (bits >>> 21 != 0x7FF
        || version == 1
        || layer == 4
        || rate == 0
        || rate == 15
        || frequency == 3) {
      return null;
    }
    boolean first = version == 3;
    int hertz = HERTZ[frequency] >> (first ? 0 : version == 2 ? 1 : 2);
    int kilobits = KILOBITS[first ? layer - 1 : layer == 1 ? 3 : 4][rate];
    int samples = layer == 1 ? 384 : layer == 3 && !first ? 576 : 1_152;
    int slot = layer == 1 ? 4 : 1;
    int padding = ((bits >> 9) & 1) * slot;
    int bytes = samples / 8 / slot * kilobits * 1_000 / hertz * slot + padding;
    return new Frame(bytes, samples * 1e6 / hertz);
  }
}
