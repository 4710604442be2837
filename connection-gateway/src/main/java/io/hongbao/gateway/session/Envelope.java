package io.hongbao.gateway.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hongbao.common.contract.TraceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A request as the gateway reads it: who asked is the session's, what `data` says the service's.
///
/// @param data the bytes of the JSON object as they came, `{}` where there was none; null where it
///   is something else than an object
/// @param trace made here, where the request comes in
record Envelope(long id, String op, byte @Nullable [] data, TraceId trace) {

  static final long ID_MAX = 1L << 53;

  /// Deeper frames are no envelopes. What a service reads of `data` is bounded much lower.
  static final int NESTING_MAX = 512;

  private static final byte[] NO_DATA = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_DIGITS_MAX = 16;

  /// Frames are bounded already, so names, strings and numbers need no bounds of their own.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_MAX)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /// Reads a frame without building a tree. The fields may stand in any order; unknown ones are
  /// skipped; `id`, `op` and `data` may stand once.
  ///
  /// @return null where the frame is no envelope: not one JSON object, an `id` that is no integer
  ///   of 1 to 2^53, an `op` that is no string, one of the fields twice
  static @Nullable Envelope parse(byte[] frame) {
    if (!beginsAsUtf8(frame)) {
      return null;
    }
    try (JsonParser parser = FACTORY.createParser(frame)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser, frame) : null;
    } catch (IOException _) {
      return null; // not JSON; what is wrong with it is the client's to find
    }
  }

  private static @Nullable Envelope read(JsonParser parser, byte[] frame) throws IOException {
    long id = 0;
    String op = null;
    byte[] data = NO_DATA;
    boolean hasData = false;
    JsonToken token;
    while ((token = parser.nextToken()) == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      token = parser.nextToken();
      switch (name) {
        case "id" -> {
          long value = idOf(parser, token);
          if (id != 0 || value == 0) {
            return null;
          }
          id = value;
        }
        case "op" -> {
          if (op != null || token != JsonToken.VALUE_STRING) {
            return null;
          }
          op = parser.getText();
        }
        case "data" -> {
          if (hasData) {
            return null;
          }
          hasData = true;
          data = objectOf(parser, token, frame);
        }
        default -> parser.skipChildren();
      }
    }
    boolean ends = token == JsonToken.END_OBJECT && parser.nextToken() == null;
    return ends && id != 0 && op != null ? new Envelope(id, op, data, TraceId.next()) : null;
  }

  /// The id, or 0 where it is none.
  private static long idOf(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT || parser.getTextLength() > ID_DIGITS_MAX) {
      return 0;
    }
    long id = parser.getLongValue();
    return id >= 1 && id <= ID_MAX ? id : 0;
  }

  private static byte @Nullable [] objectOf(JsonParser parser, JsonToken token, byte[] frame)
      throws IOException {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return Arrays.copyOfRange(frame, start, end);
  }

  /// The JSON parser would take zeros or a byte order mark for another encoding; frames are UTF-8.
  private static boolean beginsAsUtf8(byte[] frame) {
    if (frame.length == 0 || frame[0] < 0) {
      return false;
    }
    for (int i = 0; i < Math.min(4, frame.length); i++) {
      if (frame[i] == 0) {
        return false;
      }
    }
    return true;
  }
}
