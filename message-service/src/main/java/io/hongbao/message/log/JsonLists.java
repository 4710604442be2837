package io.hongbao.message.log;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.StringJoiner;

/// Lists as the mappers' statements take them: JSON arrays.
public final class JsonLists {

  private JsonLists() {}

  public static String ids(Collection<Long> ids) {
    var list = new StringJoiner(",", "[", "]");
    ids.forEach(id -> list.add(Long.toString(id)));
    return list.toString();
  }

  /// The same as clients get ids: strings.
  public static String idStrings(Collection<Long> ids) {
    var list = new StringJoiner(",", "[", "]");
    ids.forEach(id -> list.add("\"" + id + "\""));
    return list.toString();
  }

  static String keys(Collection<MessageKey> keys) {
    HexFormat hex = HexFormat.of();
    var list = new StringJoiner(",", "[", "]");
    for (MessageKey key : keys) {
      String bytes = hex.formatHex(key.clientMessageId().getBytes(StandardCharsets.UTF_8));
      list.add(
          "{\"g\":" + key.groupId() + ",\"s\":" + key.senderId() + ",\"k\":\"" + bytes + "\"}");
    }
    return list.toString();
  }
}
