package io.hongbao.media.kit;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Small media files, made here: sound ones, and the pieces of broken ones.
public final class Samples {

  private static final int SAMPLE_RATE = 8_000;

  private Samples() {}

  /// A picture whose left half is red and whose right half is blue.
  ///
  /// @param format as ImageIO calls it
  public static byte[] picture(String format, int width, int height) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(drawn(width, height), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A progressive JPEG: one in several scans.
  public static byte[] progressiveJpeg(int width, int height) {
    var out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(image);
      writer.write(null, new IIOImage(drawn(width, height), null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static BufferedImage drawn(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 2, height);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(width / 2, 0, width - width / 2, height);
    graphics.dispose();
    return image;
  }

  /// A WebP of 4 x 1 pixels, which nothing in the JDK writes.
  public static byte[] webp() {
    return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAwAAAAcQ/Y8CBiKi/w==");
  }

  /// EXIF with an orientation and a place, in front of the rest of a JPEG.
  public static byte[] withPlace(byte[] jpeg, int orientation) {
    return withSegment(jpeg, 0xE1, exif(orientation));
  }

  /// `Exif\0\0` and a TIFF directory: orientation, and a GPS directory with a latitude.
  public static byte[] exif(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(100);
    tiff.put(bytes("Exif\0\0MM")).putShort((short) 42).putInt(8);
    tiff.putShort((short) 2);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
    tiff.putInt(0);
    tiff.putShort((short) 2); // the GPS directory, at 38
    tiff.putShort((short) 1).putShort((short) 2).putInt(2).put(bytes("N\0\0\0"));
    tiff.putShort((short) 2).putShort((short) 5).putInt(3).putInt(68);
    tiff.putInt(0);
    tiff.putInt(31).putInt(1).putInt(14).putInt(1).putInt(0).putInt(1);
    return Arrays.copyOf(tiff.array(), tiff.position());
  }

  /// A segment more behind the start of a JPEG.
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    int length = content.length + 2;
    byte[] head = {
      jpeg[0], jpeg[1], (byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length
    };
    return joined(head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /// A chunk more behind the header of a PNG.
  public static byte[] withChunk(byte[] png, String type, byte[] content) {
    return joined(
        Arrays.copyOf(png, 33), chunk(type, content), Arrays.copyOfRange(png, 33, png.length));
  }

  /// A PNG that says it has so many pixels and holds none of them.
  public static byte[] hugePng(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 1); // bits of a pixel; grey
    return joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
        chunk("IHDR", header.array()),
        chunk("IDAT", deflated(new byte[100])),
        chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] content) {
    var sum = new CRC32();
    sum.update(bytes(type));
    sum.update(content);
    return joined(
        ByteBuffer.allocate(4).putInt(content.length).array(),
        bytes(type),
        content,
        ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  public static byte[] deflated(byte[] content) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(content);
    deflater.finish();
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /// Silence, one byte a sample.
  public static byte[] wav(int millis) {
    int bytes = SAMPLE_RATE * millis / 1_000;
    ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    head.put(bytes("RIFF")).putInt(36 + bytes).put(bytes("WAVEfmt ")).putInt(16);
    head.putShort((short) 1).putShort((short) 1).putInt(SAMPLE_RATE).putInt(SAMPLE_RATE);
    head.putShort((short) 1).putShort((short) 8).put(bytes("data")).putInt(bytes);
    return joined(head.array(), new byte[bytes]);
  }

  /// Frames of MPEG 1 layer III, 128 kbit/s, 44,100 Hz: 417 bytes and 26.1 ms each.
  public static byte[] mp3(int frames) {
    byte[] all = new byte[417 * frames];
    for (int i = 0; i < frames; i++) {
      all[417 * i] = (byte) 0xFF;
      all[417 * i + 1] = (byte) 0xFB;
      all[417 * i + 2] = (byte) 0x90;
    }
    return all;
  }

  /// Opus in Ogg: a page with the head, one with as many samples as take so long.
  public static byte[] opus(int millis) {
    ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
    head.put(bytes("OpusHead")).put((byte) 1).put((byte) 1).putShort((short) 312).putInt(48_000);
    return joined(page(2, 0, head.array()), page(4, 312 + 48L * millis, new byte[100]));
  }

  private static byte[] page(int flags, long samples, byte[] packet) {
    ByteBuffer page = ByteBuffer.allocate(28 + packet.length).order(ByteOrder.LITTLE_ENDIAN);
    page.put(bytes("OggS")).put((byte) 0).put((byte) flags).putLong(samples).putInt(1).putInt(0);
    page.putInt(0).put((byte) 1).put((byte) packet.length).put(packet);
    return page.array();
  }

  /// A movie header, and one track of this size, without any samples.
  public static byte[] mp4(int width, int height, int millis) {
    ByteBuffer movie = ByteBuffer.allocate(100).putInt(0).putLong(0).putInt(1_000).putInt(millis);
    ByteBuffer track = ByteBuffer.allocate(84).putInt(3);
    track.putInt(40, 0x10000).putInt(56, 0x10000).putInt(72, 0x40000000);
    track.putInt(76, width << 16).putInt(80, height << 16);
    return joined(
        box("ftyp", bytes("isom\0\0\2\0isommp42")),
        box("moov", box("mvhd", movie.array()), box("trak", box("tkhd", track.array()))),
        box("mdat", new byte[200]));
  }

  public static byte[] box(String type, byte[]... contents) {
    byte[] content = joined(contents);
    return joined(ByteBuffer.allocate(4).putInt(8 + content.length).array(), bytes(type), content);
  }

  /// As a browser records it: nothing says how long it is, and neither segment nor cluster where it
  /// ends. One block each 20 ms.
  public static byte[] webm(int millis) {
    byte[] unknown = {0x01, -1, -1, -1, -1, -1, -1, -1};
    var out = new ByteArrayOutputStream();
    out.writeBytes(element(0x1A45DFA3, element(0x4282, bytes("webm"))));
    out.writeBytes(joined(id(0x18538067), unknown));
    out.writeBytes(element(0x1549A966, element(0x2AD7B1, new byte[] {0x0F, 0x42, 0x40})));
    byte[] video =
        element(
            0xE0, joined(element(0xB0, new byte[] {1, 64}), element(0xBA, new byte[] {0, -16})));
    out.writeBytes(element(0x1654AE6B, element(0xAE, video)));
    out.writeBytes(joined(id(0x1F43B675), unknown, element(0xE7, new byte[] {0})));
    for (int at = 0; at <= millis; at += 20) {
      out.writeBytes(
          element(0xA3, new byte[] {(byte) 0x81, (byte) (at >> 8), (byte) at, 0, 1, 2, 3}));
    }
    return out.toByteArray();
  }

  private static byte[] element(int id, byte[] content) {
    return joined(id(id), size(content.length), content);
  }

  private static byte[] size(int size) {
    return new byte[] {(byte) (0x40 | size >> 8), (byte) size};
  }

  private static byte[] id(int id) {
    byte[] four = ByteBuffer.allocate(4).putInt(id).array();
    int from = 0;
    while (four[from] == 0) {
      from++;
    }
    return Arrays.copyOfRange(four, from, 4);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
