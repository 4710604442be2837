package io.hongbao.common.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/// What a request is about, read from its `data` without binding it: requests about one thing go to
/// one instance.
final class RoutingKey {

  static final long NONE = 0;

  /// An operation names at most one of them.
  private static final Set<String> FIELDS = Set.of("groupId", "packetId", "mediaId");

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private RoutingKey() {}

  /// The id of the group, packet or medium, or [#NONE]. Reads only up to it. What is no right
  /// `data` has none: the service refuses it.
  static long of(byte[] data) {
    try (JsonParser parser = FACTORY.createParser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return NONE;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isKey = FIELDS.contains(parser.currentName());
        JsonToken value = parser.nextToken();
        if (isKey && value == JsonToken.VALUE_STRING) {
          return Long.parseLong(parser.getText());
        }
        parser.skipChildren();
      }
      return NONE;
    } catch (IOException | NumberFormatException _) {
      return NONE;
    }
  }
}
