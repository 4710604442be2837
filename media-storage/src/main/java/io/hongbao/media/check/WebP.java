package io.hongbao.media.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// WebP, RFC 9649: chunks in a RIFF container. The container says first how long it is, so what is
/// kept is held in memory until the end.
final class WebP {

  private static final Set<String> SHOWN =
      Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

  private static final String EXTENDED = "VP8X";
  private static final String EXIF = "EXIF";
  private static final int EXIF_FLAG = 0x08;
  private static final int XMP_FLAG = 0x04;

  /// Which some writers put before EXIF data as JPEG does.
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private WebP() {}

  static void copy(ByteReader in, PictureCopy copy) throws IOException {
    String riff = name(in);
    long length = in.u32LittleEndian();
    if (!riff.equals("RIFF") || length > in.left() || !name(in).equals("WEBP")) {
      throw new UnfitException("it is no whole WebP");
    }
    var chunks = new ByteArrayOutputStream();
    boolean hasExif = false;
    byte @Nullable [] extended = null;
    long end = 8 + length;
    while (in.position() < end) {
      String name = name(in);
      long size = in.u32LittleEndian();
      if (size > end - in.position()) {
        throw new UnfitException("it ends too early");
      }
      byte[] data = in.bytes((int) size);
      if (size % 2 == 1) {
        in.skip(1);
      }
      if (name.equals(EXIF)) {
        byte[] tiff = copy.exif(withoutName(data));
        hasExif = tiff.length > 0;
        if (hasExif) {
          write(chunks, name, tiff);
        }
      } else if (SHOWN.contains(name) || copy.keepsAll()) {
        if (name.equals(EXTENDED) && extended == null) {
          extended = data;
        } else {
          write(chunks, name, data);
        }
      } else {
        copy.drop();
      }
    }
    write(copy, extended, hasExif, chunks.toByteArray());
  }

  private static void write(
      PictureCopy copy, byte @Nullable [] extended, boolean hasExif, byte[] chunks)
      throws IOException {
    var all = new ByteArrayOutputStream();
    if (extended != null && extended.length > 0) {
      if (!copy.keepsAll()) {
        int flags = extended[0] & ~(EXIF_FLAG | XMP_FLAG);
        extended[0] = (byte) (hasExif ? flags | EXIF_FLAG : flags);
      }
      write(all, EXTENDED, extended);
    }
    all.write(chunks);
    OutputStream out = copy.out();
    out.write("RIFF".getBytes(StandardCharsets.US_ASCII));
    out.write(littleEndian(all.size() + 4));
    out.write("WEBP".getBytes(StandardCharsets.US_ASCII));
    all.writeTo(out);
  }

  private static void write(OutputStream out, String name, byte[] data) throws IOException {
    out.write(name.getBytes(StandardCharsets.ISO_8859_1));
    out.write(littleEndian(data.length));
    out.write(data);
    if (data.length % 2 == 1) {
      out.write(0);
    }
  }

  private static byte[] withoutName(byte[] data) {
    boolean named =
        data.length >= EXIF_NAME.length
            && Arrays.equals(data, 0, EXIF_NAME.length, EXIF_NAME, 0, EXIF_NAME.length);
    return named ? Arrays.copyOfRange(data, EXIF_NAME.length, data.length) : data;
  }

  private static String name(ByteReader in) throws IOException {
    return new String(in.bytes(4), StandardCharsets.ISO_8859_1);
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
