package io.hongbao.media.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a picture is turned, as EXIF has it: one entry of the first directory of a TIFF. Nothing
/// else of what may lie there is looked at.
final class Exif {

  static final int UPRIGHT = 1;

  private static final int LAST = 8;

  private static final int BIG_ENDIAN = 'M' << 8 | 'M';
  private static final int LITTLE_ENDIAN = 'I' << 8 | 'I';
  private static final short MAGIC = 42;
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final short ORIENTATION = 0x0112;
  private static final short SHORT_TYPE = 3;

  private Exif() {}

  /// The orientation, 1 to 8; upright where it says nothing that can be read.
  ///
  /// @param data the EXIF data from the byte order on
  static int orientation(byte[] data) {
    if (data.length < HEADER_BYTES) {
      return UPRIGHT;
    }
    var tiff = ByteBuffer.wrap(data);
    int order = tiff.getShort(0);
    if (order == LITTLE_ENDIAN) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    }
    int directory = tiff.getInt(4);
    boolean readable = order == BIG_ENDIAN || order == LITTLE_ENDIAN;
    if (!readable || tiff.getShort(2) != MAGIC || directory < 0 || directory > data.length - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    int entry = directory + 2;
    for (int i = 0; i < entries && entry <= data.length - ENTRY_BYTES; i++) {
      if (tiff.getShort(entry) == ORIENTATION && tiff.getShort(entry + 2) == SHORT_TYPE) {
        int value = tiff.getShort(entry + 8);
        return value < UPRIGHT || value > LAST ? UPRIGHT : value;
      }
      entry += ENTRY_BYTES;
    }
    return UPRIGHT;
  }

  /// EXIF data that say nothing else: a TIFF header and a directory of one entry.
  static byte[] ofOrientation(int orientation) {
    return ByteBuffer.allocate(HEADER_BYTES + 2 + ENTRY_BYTES + 4)
        .putShort((short) BIG_ENDIAN)
        .putShort(MAGIC)
        .putInt(HEADER_BYTES) // where the directory begins
        .putShort((short) 1) // its entries
        .putShort(ORIENTATION)
        .putShort(SHORT_TYPE)
        .putInt(1) // one of them
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0) // no directory follows
        .array();
  }
}
