package io.hongbao.media.check;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a picture is turned, as EXIF has it.
final class Exif {

  static final int UPRIGHT = 1;

  private static final int LAST = 8;
  private static final Logger log = LoggerFactory.getLogger(Exif.class);

  private Exif() {}

  /// The orientation, 1 to 8; upright where it says nothing that can be read.
  ///
  /// @param tiff the EXIF data from the byte order on
  static int orientation(byte[] tiff) {
    var metadata = new Metadata();
    try {
      new ExifReader().extract(new ByteArrayReader(tiff), metadata);
    } catch (RuntimeException e) { // whatever a reader throws at rubbish
      log.debug("EXIF that nobody can read", e);
      return UPRIGHT;
    }
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value =
        directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return value == null || value < UPRIGHT || value > LAST ? UPRIGHT : value;
  }

  /// EXIF data that say nothing else: a TIFF header and a directory of one entry.
  static byte[] ofOrientation(int orientation) {
    return ByteBuffer.allocate(26)
        .put((byte) 'M')
        .put((byte) 'M')
        .putShort((short) 42)
        .putInt(8) // where the directory begins
        .putShort((short) 1) // its entries
        .putShort((short) ExifDirectoryBase.TAG_ORIENTATION)
        .putShort((short) 3) // a short
        .putInt(1) // one of them
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0) // no directory follows
        .array();
  }
}
