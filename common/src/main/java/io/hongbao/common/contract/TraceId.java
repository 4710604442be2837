package io.hongbao.common.contract;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Names one request through all services: in the log, in the error that it is answered with, and
/// in what it makes the push service deliver. 128 random bits, shown as in W3C's Trace Context.
///
/// Whoever takes a request up works [#with] its trace; what hands work to another thread takes it
/// along, so that the log there has it, too.
public record TraceId(long high, long low) {

  /// Of work that no request has asked for.
  public static final TraceId NONE = new TraceId(0, 0);

  private static final ThreadLocal<@Nullable TraceId> CURRENT = new ThreadLocal<>();

  /// Unlike others, though not hard to guess: it opens nothing.
  public static TraceId next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new TraceId(random.nextLong(), random.nextLong());
  }

  /// @param text as [#toString] says it
  /// @throws IllegalArgumentException for any other
  public static TraceId parse(String text) {
    if (text.length() != 32) {
      throw new IllegalArgumentException("no trace id: " + text);
    }
    return new TraceId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  /// What this thread works for now, [#NONE] where that is no request.
  public static TraceId current() {
    TraceId current = CURRENT.get();
    return current == null ? NONE : current;
  }

  /// Does this work for the request.
  public <T> T with(Supplier<T> work) {
    TraceId before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      CURRENT.set(before); // not removed where it is null: that would cost an entry each time
    }
  }

  public boolean isNone() {
    return high == 0 && low == 0;
  }

  /// 32 hexadecimal digits.
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
