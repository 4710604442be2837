package io.hongbao.media.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.InflaterInputStream;

/// PNG (W3C recommendation, third edition): chunks, each with its own checksum.
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /// What shows: the pixels, colours, animation.
  private static final Set<String> SHOWN =
      Set.of(
          "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "cICP", "sBIT", "bKGD",
          "hIST", "pHYs", "acTL", "fcTL", "fdAT", "mDCV", "cLLI");

  private static final String EXIF = "eXIf";
  private static final String PROFILE = "iCCP";

  /// What a colour profile may inflate to; a larger one is left out.
  private static final int PROFILE_BYTES_MAX = 4 << 20;

  /// EXIF data and profiles are small; larger ones are left out unread.
  private static final long READ_BYTES_MAX = 1 << 20;

  private Png() {}

  static void copy(ByteReader in, PictureCopy copy) throws IOException {
    if (!Arrays.equals(in.bytes(SIGNATURE.length), SIGNATURE)) {
      throw new UnfitException("it does not begin like a PNG");
    }
    copy.out().write(SIGNATURE);
    String type = "";
    boolean hasProfile = false;
    while (!type.equals("IEND")) {
      long length = in.u32();
      byte[] name = in.bytes(4);
      type = new String(name, StandardCharsets.ISO_8859_1);
      if (type.equals(EXIF) && length <= READ_BYTES_MAX) {
        var tiff = new ByteArrayOutputStream();
        copyChecked(in, length, name, tiff);
        byte[] kept = copy.exif(tiff.toByteArray());
        if (kept.length > 0) {
          write(copy.out(), name, kept);
        }
      } else if (type.equals(PROFILE) && !hasProfile) {
        hasProfile = true; // there may be one: more would only be work
        copyProfile(in, length, name, copy);
      } else if (SHOWN.contains(type) || copy.keepsAll()) {
        copy.out().write(bytes(length));
        copy.out().write(name);
        copy.out().write(bytes(copyChecked(in, length, name, copy.out())));
      } else {
        copyChecked(in, length, name, OutputStream.nullOutputStream());
        copy.drop();
      }
    }
  }

  private static void copyProfile(ByteReader in, long length, byte[] name, PictureCopy copy)
      throws IOException {
    var profile = new ByteArrayOutputStream();
    OutputStream read = length <= READ_BYTES_MAX ? profile : OutputStream.nullOutputStream();
    copyChecked(in, length, name, read);
    byte[] data = profile.toByteArray();
    if (inflates(data)) {
      write(copy.out(), name, data);
    } else {
      copy.drop();
    }
  }

  /// Whether a profile (its name, 0, how it is compressed, data) inflates to what one may be.
  private static boolean inflates(byte[] profile) {
    int name = 0;
    while (name < profile.length && profile[name] != 0) {
      name++;
    }
    int from = Math.min(name + 2, profile.length);
    try (var in =
        new InflaterInputStream(new ByteArrayInputStream(profile, from, profile.length - from))) {
      return in.readNBytes(PROFILE_BYTES_MAX + 1).length <= PROFILE_BYTES_MAX;
    } catch (IOException _) {
      return false;
    }
  }

  /// Copies a chunk's data, and returns its checksum.
  private static long copyChecked(ByteReader in, long length, byte[] name, OutputStream out)
      throws IOException {
    var sum = new CRC32();
    sum.update(name);
    in.copy(length, new CheckedOutputStream(out, sum));
    if (in.u32() != sum.getValue()) {
      throw new UnfitException("a chunk of it is damaged");
    }
    return sum.getValue();
  }

  private static void write(OutputStream out, byte[] name, byte[] data) throws IOException {
    var sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.write(bytes(data.length));
    out.write(name);
    out.write(data);
    out.write(bytes(sum.getValue()));
  }

  private static byte[] bytes(long unsigned) {
    return ByteBuffer.allocate(4).putInt((int) unsigned).array();
  }
}
