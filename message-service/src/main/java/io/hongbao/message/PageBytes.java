package io.hongbao.message;

import io.hongbao.message.log.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How much of one page is used up. A page ends before `limit` where the next row would take it
/// beyond [#MAX]; a page has at least one row, so whoever reads on always gets on.
public final class PageBytes {

  /// Bytes of content in one page.
  public static final int MAX = 1 << 20;

  private int used;

  /// Takes a row in, or says that the page is full.
  public boolean take(int bytes) {
    if (used > 0 && used + bytes > MAX) {
      return false;
    }
    used += Math.max(1, bytes);
    return true;
  }

  public boolean take(Message message) {
    return take(of(message));
  }

  /// The bytes of an entry that clients write: its content and mentions.
  public static int of(@Nullable Message message) {
    return message == null ? 0 : of(message.content()) + of(message.mentions());
  }

  public static int of(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
