package io.hongbao.redpacket.packet;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a packet is; the name in lower case is its `kind` on the wire.
public enum PacketKind {
  /// Shares by chance.
  LUCKY,
  /// Equal shares.
  IDENTICAL,
  /// One share for one member.
  EXCLUSIVE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable PacketKind parse(String word) {
    for (PacketKind kind : values()) {
      if (kind.wireName().equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
