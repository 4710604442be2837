package io.hongbao.message.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an entry of the log is; the name in lower case is its `type` on the wire.
public enum EntryType {
  TEXT(true),
  IMAGE(true),
  AUDIO(true),
  VIDEO(true),
  FILE(true),
  REDPACKET(true),
  RECALL(false),
  EDIT(false),
  REACTION(false),
  SYSTEM(false);

  private final boolean countable;
  private final String wireName;

  EntryType(boolean countable) {
    this.countable = countable;
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  /// Whether such an entry counts as unread.
  public boolean countable() {
    return countable;
  }

  /// Whether clients send such entries, under keys of their own.
  public boolean isSentByClients() {
    return switch (this) {
      case TEXT, IMAGE, AUDIO, VIDEO, FILE -> true;
      case REDPACKET, RECALL, EDIT, REACTION, SYSTEM -> false;
    };
  }

  /// The type of this name that clients send, or null where there is none.
  static @Nullable EntryType sentByClients(String wireName) {
    for (EntryType type : values()) {
      if (type.isSentByClients() && type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }
}
