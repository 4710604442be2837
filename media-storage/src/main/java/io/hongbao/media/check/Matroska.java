package io.hongbao.media.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// WebM: the elements of Matroska, RFC 9559. What holds others is gone into without minding its
/// end, since in what a browser records it is not known. Such a recording does not say how long it
/// is either: that is when its last block is shown.
final class Matroska {

  private static final int DOC_TYPE = 0x4282;
  private static final int SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final int CLUSTER_TIME = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK = 0xA1;

  private static final int NUMBER_BYTES_MAX = 8;
  private static final double NANOS_OF_MILLISECOND = 1e6;

  private final ByteReader in;
  private long scaleNanos = 1_000_000;
  private double duration;
  private long clusterTime;
  private long lastTime;
  private boolean isWebM;
  private boolean hasSegment;
  private @Nullable Integer width;
  private @Nullable Integer height;

  private Matroska(ByteReader in) {
    this.in = in;
  }

  static Measures measures(Path file) throws IOException {
    try (var in = new ByteReader(file)) {
      var reader = new Matroska(in);
      while (!in.isAtEnd()) {
        reader.readElement();
      }
      return reader.measures();
    }
  }

  private Measures measures() throws UnfitException {
    if (!isWebM || !hasSegment) {
      throw new UnfitException("it is no WebM");
    }
    double ticks = duration > 0 ? duration : lastTime;
    long ms = Math.round(ticks * scaleNanos / NANOS_OF_MILLISECOND);
    return new Measures(width, height, ms);
  }

  private void readElement() throws IOException {
    int id = id();
    long size = size();
    if (size > in.left()) {
      throw new UnfitException("it ends too early");
    }
    switch (id) {
      // EBML, Segment, Info, Tracks, TrackEntry, Video, Cluster, BlockGroup
      case 0x1A45DFA3, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1F43B675, 0xA0 -> {
        // gone into
      }
      case 0x18538067 -> hasSegment = true;
      case DOC_TYPE ->
          isWebM = new String(small(size), StandardCharsets.ISO_8859_1).startsWith("webm");
      case SCALE -> scaleNanos = number(size);
      case DURATION -> duration = real(size);
      case PIXEL_WIDTH -> width = (int) number(size);
      case PIXEL_HEIGHT -> height = (int) number(size);
      case CLUSTER_TIME -> clusterTime = number(size);
      case SIMPLE_BLOCK, BLOCK -> readBlock(size);
      default -> {
        if (size < 0) {
          throw new UnfitException("it has an element without an end");
        }
        in.skip(size);
      }
    }
  }

  private void readBlock(long size) throws IOException {
    long start = in.position();
    long _ = size(); // the track's number
    short offset = (short) in.u16();
    lastTime = Math.max(lastTime, clusterTime + offset);
    in.skip(start + size - in.position());
  }

  /// An id: one to four bytes, of which the first says how many.
  private int id() throws IOException {
    int first = in.u8();
    int more = Integer.numberOfLeadingZeros(first) - 24;
    if (more > 3) {
      throw new UnfitException("it has an element that is none");
    }
    int id = first;
    for (int i = 0; i < more; i++) {
      id = id << 8 | in.u8();
    }
    return id;
  }

  /// A size of one to eight bytes; -1 where it is unknown.
  private long size() throws IOException {
    int first = in.u8();
    int more = Integer.numberOfLeadingZeros(first) - 24;
    if (more >= NUMBER_BYTES_MAX) {
      throw new UnfitException("it has an element that is none");
    }
    long mask = (1L << (7 * (more + 1))) - 1;
    long size = first;
    for (int i = 0; i < more; i++) {
      size = size << 8 | in.u8();
    }
    size &= mask;
    return size == mask ? -1 : size;
  }

  private byte[] small(long size) throws IOException {
    if (size < 0 || size > 64) {
      throw new UnfitException("it has an element of a wrong size");
    }
    return in.bytes((int) size);
  }

  private long number(long size) throws IOException {
    long number = 0;
    for (byte digit : small(size)) {
      number = (number << 8) | (digit & 0xFF);
    }
    return number;
  }

  private double real(long size) throws IOException {
    byte[] bytes = small(size);
    return switch (bytes.length) {
      case 4 -> ByteBuffer.wrap(bytes).getFloat();
      case 8 -> ByteBuffer.wrap(bytes).getDouble();
      default -> 0;
    };
  }
}
