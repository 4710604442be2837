package io.hongbao.message.log;

/// Tells the content of one request from another's under the same client key: 64 bits of FNV-1a
/// over the parts' UTF-16 units. Against mistakes, not against attack: who makes two contents
/// collide only gets the answer to their own first one.
public final class Digest {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Digest() {}

  public static long of(String... parts) {
    long hash = OFFSET;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * PRIME;
      }
      hash = (hash ^ 0x1_0000) * PRIME; // no UTF-16 unit: parts don't run together
    }
    return hash;
  }
}
