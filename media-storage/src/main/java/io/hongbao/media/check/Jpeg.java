package io.hongbao.media.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JPEG, ITU-T T.81 annex B: segments, and coded data between them.
final class Jpeg {

  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;

  /// A progressive JPEG has about ten. Each is work for all pixels, however few bytes it has.
  private static final int SCANS_MAX = 100;

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);

  private Jpeg() {}

  static void copy(ByteReader in, PictureCopy copy) throws IOException {
    if (in.u8() != 0xFF || in.u8() != START) {
      throw new UnfitException("it does not begin like a JPEG");
    }
    write(copy.out(), START);
    int marker = marker(in);
    int scans = 0;
    while (marker != END) {
      if (marker == SCAN && ++scans > SCANS_MAX) {
        throw new UnfitException("it has more than " + SCANS_MAX + " scans");
      }
      byte[] segment = in.bytes(length(in));
      if (isKept(marker, segment, copy)) {
        write(copy.out(), marker, segment);
      } else if (marker == APP1 && startsWith(segment, EXIF)) {
        byte[] tiff = copy.exif(Arrays.copyOfRange(segment, EXIF.length, segment.length));
        if (tiff.length > 0) {
          write(copy.out(), marker, joined(EXIF, tiff));
        }
      } else {
        copy.drop();
      }
      marker = marker == SCAN ? copyCoded(in, copy.out()) : marker(in);
    }
    write(copy.out(), END);
  }

  private static boolean isKept(int marker, byte[] segment, PictureCopy copy) {
    if (marker == APP1 && startsWith(segment, EXIF)) {
      return false;
    }
    if (copy.keepsAll() || marker < APP0 || (marker > APP15 && marker != COMMENT)) {
      return true;
    }
    return switch (marker) {
      case APP0 -> startsWith(segment, JFIF);
      case APP2 -> startsWith(segment, PROFILE);
      case APP14 -> startsWith(segment, ADOBE);
      default -> false;
    };
  }

  private static int length(ByteReader in) throws IOException {
    int length = in.u16();
    if (length < 2) {
      throw new UnfitException("it has a segment of no length");
    }
    return length - 2;
  }

  /// The next marker, past the bytes that may fill the space before it.
  private static int marker(ByteReader in) throws IOException {
    if (in.u8() != 0xFF) {
      throw new UnfitException("it has no segment where one must be");
    }
    int marker = in.u8();
    while (marker == 0xFF) {
      marker = in.u8();
    }
    return marker;
  }

  /// Copies what is coded up to the next marker that is none of the coding's own, and returns it.
  private static int copyCoded(ByteReader in, OutputStream out) throws IOException {
    while (true) {
      int value = in.u8();
      if (value != 0xFF) {
        out.write(value);
        continue;
      }
      int marker = in.u8();
      while (marker == 0xFF) {
        marker = in.u8();
      }
      if (marker != 0 && (marker < 0xD0 || marker > 0xD7)) {
        return marker;
      }
      write(out, marker);
    }
  }

  private static void write(OutputStream out, int marker) throws IOException {
    out.write(0xFF);
    out.write(marker);
  }

  private static void write(OutputStream out, int marker, byte[] segment) throws IOException {
    write(out, marker);
    int length = segment.length + 2;
    out.write(length >> 8);
    out.write(length);
    out.write(segment);
  }

  private static boolean startsWith(byte[] segment, byte[] name) {
    return segment.length >= name.length
        && Arrays.equals(segment, 0, name.length, name, 0, name.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
