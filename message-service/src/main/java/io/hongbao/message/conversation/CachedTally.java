package io.hongbao.message.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text of a tally in the cache: what it was made for, then what it is, as in
/// `1041,1000,17;1000,40,0`: last entry, read mark, join point; read up to, unread, mentioned.
final class CachedTally {

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18},\\d{1,18},\\d{1,18});(\\d{1,18}),(\\d{1,3}),([01])");

  private CachedTally() {}

  static String write(Head head, Tally tally) {
    return madeFor(head)
        + ";"
        + tally.readSeq()
        + ","
        + tally.unread()
        + ","
        + (tally.mentioned() ? 1 : 0);
  }

  /// The tally, or null where the text is none or was made for another head.
  static @Nullable Tally read(@Nullable String text, Head head) {
    if (text == null) {
      return null;
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || !parts.group(1).equals(madeFor(head))) {
      return null;
    }
    int unread = Integer.parseInt(parts.group(3));
    return unread > Tally.CAP
        ? null
        : new Tally(Long.parseLong(parts.group(2)), unread, parts.group(4).equals("1"));
  }

  private static String madeFor(Head head) {
    return head.lastSeq() + "," + head.readSeq() + "," + head.joinSeq();
  }
}
