package io.hongbao.media.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// GIF 89a: blocks, those with data as chains of sub-blocks.
final class Gif {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int APPLICATION = 0xFF;

  /// How often an animation repeats.
  private static final Set<String> REPETITION = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

  private Gif() {}

  static void copy(ByteReader in, PictureCopy copy) throws IOException {
    OutputStream out = copy.out();
    byte[] header = in.bytes(13); // signature, version, logical screen
    String signature = new String(header, 0, 6, StandardCharsets.ISO_8859_1);
    if (!signature.equals("GIF89a") && !signature.equals("GIF87a")) {
      throw new UnfitException("it does not begin like a GIF");
    }
    Picture.requireDecodable(u16(header, 6), u16(header, 8)); // the screen, larger than any image
    out.write(header);
    copyColours(in, header[10], out);
    for (int block = in.u8(); block != TRAILER; block = in.u8()) {
      switch (block) {
        case IMAGE -> copyImage(in, out);
        case EXTENSION -> copyExtension(in, copy);
        default -> throw new UnfitException("it has a block that no GIF has");
      }
    }
    out.write(TRAILER);
  }

  private static void copyImage(ByteReader in, OutputStream out) throws IOException {
    byte[] descriptor = in.bytes(9);
    out.write(IMAGE);
    out.write(descriptor);
    copyColours(in, descriptor[8], out);
    out.write(in.u8()); // how wide codes begin
    copyChain(in, out);
  }

  private static void copyExtension(ByteReader in, PictureCopy copy) throws IOException {
    int label = in.u8();
    byte[] first = in.bytes(in.u8());
    boolean shown =
        label == GRAPHIC_CONTROL
            || (label == APPLICATION
                && REPETITION.contains(new String(first, StandardCharsets.ISO_8859_1)));
    OutputStream out = shown || copy.keepsAll() ? copy.out() : OutputStream.nullOutputStream();
    if (out != copy.out()) {
      copy.drop();
    }
    out.write(EXTENSION);
    out.write(label);
    out.write(first.length);
    out.write(first);
    if (first.length > 0) { // else it was the end of the chain
      copyChain(in, out);
    }
  }

  /// @param flags of the screen or the image: whether a table follows, and how large
  private static void copyColours(ByteReader in, byte flags, OutputStream out) throws IOException {
    if ((flags & 0x80) != 0) {
      in.copy(3L << ((flags & 7) + 1), out);
    }
  }

  private static int u16(byte[] header, int at) {
    return (header[at] & 0xFF) | (header[at + 1] & 0xFF) << 8;
  }

  private static void copyChain(ByteReader in, OutputStream out) throws IOException {
    int length;
    do {
      length = in.u8();
      out.write(length);
      in.copy(length, out);
    } while (length > 0);
  }
}
