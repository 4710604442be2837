package io.hongbao.common.remote;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/// Arrays as protobuf's bytes and back, without a copy: both sides never change them.
final class Bytes {

  private Bytes() {}

  static ByteString of(byte[] array) {
    return UnsafeByteOperations.unsafeWrap(array);
  }

  static byte[] array(ByteString bytes) {
    if (bytes.isEmpty()) {
      return new byte[0];
    }
    var out = new Out();
    try {
      UnsafeByteOperations.unsafeWriteTo(bytes, out);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e); // nothing here writes anywhere
    }
    return out.array.length == bytes.size() ? out.array : bytes.toByteArray();
  }

  /// Takes the array that the bytes are, where they are one as a whole.
  private static final class Out extends ByteOutput {
    private byte[] array = {};

    @Override
    public void write(byte value) {
      array = new byte[0];
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      writeLazy(value, offset, length);
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      array = offset == 0 && length == value.length ? value : new byte[0];
    }

    @Override
    public void write(ByteBuffer value) {
      array = new byte[0];
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      array = new byte[0];
    }
  }
}
