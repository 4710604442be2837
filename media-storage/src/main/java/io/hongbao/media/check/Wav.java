package io.hongbao.media.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// WAVE: chunks in a RIFF container.
final class Wav {

  private static final int FORMAT_BYTES_MIN = 16;

  private Wav() {}

  static Measures measures(Path file) throws IOException {
    try (var in = new ByteReader(file)) {
      in.skip(4); // RIFF
      long length = in.u32LittleEndian();
      if (length > in.left()) {
        throw new UnfitException("it ends too early");
      }
      in.skip(4); // WAVE
      long bytesPerSecond = 0;
      while (true) {
        String name = new String(in.bytes(4), StandardCharsets.ISO_8859_1);
        long size = in.u32LittleEndian();
        if (name.equals("data")) {
          return measures(bytesPerSecond, size);
        }
        if (name.equals("fmt ") && size >= FORMAT_BYTES_MIN) {
          in.skip(8);
          bytesPerSecond = in.u32LittleEndian();
          in.skip(size + size % 2 - 12);
        } else {
          in.skip(size + size % 2);
        }
      }
    }
  }

  private static Measures measures(long bytesPerSecond, long bytes) throws UnfitException {
    if (bytesPerSecond == 0) {
      throw new UnfitException("it does not say how it sounds");
    }
    return new Measures(null, null, bytes * 1_000 / bytesPerSecond);
  }
}
