package io.hongbao.media.check;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a file from its beginning; one that ends too early is unfit.
final class ByteReader implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final long length;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long position;

  ByteReader(Path file) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    this.length = Files.size(file);
  }

  long position() {
    return position;
  }

  boolean isAtEnd() {
    return position >= length;
  }

  long left() {
    return length - position;
  }

  int u8() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw endsEarly();
    }
    position++;
    return value;
  }

  int u16() throws IOException {
    return u8() << 8 | u8();
  }

  long u32() throws IOException {
    return (long) u16() << 16 | u16();
  }

  long u32LittleEndian() throws IOException {
    return u8() | u8() << 8 | u8() << 16 | (long) u8() << 24;
  }

  /// @param count small: it is taken from memory at once
  byte[] bytes(int count) throws IOException {
    requireLeft(count);
    byte[] bytes = in.readNBytes(count);
    position += bytes.length;
    if (bytes.length < count) {
      throw endsEarly();
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    copy(count, OutputStream.nullOutputStream());
  }

  void copy(long count, OutputStream out) throws IOException {
    requireLeft(count);
    for (long left = count; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw endsEarly();
      }
      out.write(buffer, 0, read);
      position += read;
      left -= read;
    }
  }

  private void requireLeft(long count) throws UnfitException {
    if (count < 0 || count > left()) {
      throw endsEarly();
    }
  }

  private static UnfitException endsEarly() {
    return new UnfitException("it ends too early");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
