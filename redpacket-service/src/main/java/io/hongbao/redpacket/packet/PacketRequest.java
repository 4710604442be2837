package io.hongbao.redpacket.packet;

import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// What is asked of red packets. Each record names its refusals, first that applies; all of them
/// may also be refused `invalid_argument` for a malformed field and `unavailable`.
public sealed interface PacketRequest {

  int COUNT_MAX = 500;
  long AVERAGE_FEN_MAX = 20_000;
  int GREETING_CHARACTERS_MAX = 64;
  int CLIENT_KEY_CHARACTERS_MAX = 64;
  int YEAR_MIN = 2000;
  int YEAR_MAX = 9999;

  /// Sends a packet. Refusals: `conflict`, `not_found`, `not_a_member`, `group_dissolved`, `muted`,
  /// `invalid_argument` (a recipient who is no other member), `insufficient_funds`. A repeat of a
  /// client's key gets the first answer, whatever else has changed.
  record Send(
      long groupId,
      String clientPacketId,
      PacketKind kind,
      long totalFen,
      int count,
      String greeting,
      @Nullable Long recipientId)
      implements PacketRequest {

    byte[] key() {
      return clientPacketId.getBytes(StandardCharsets.UTF_8);
    }

    /// Tells this content from another's under the same key.
    byte[] hash() {
      String content =
          String.join("\n", kind.name(), totalFen + " " + count + " " + recipientId, greeting);
      try {
        return MessageDigest.getInstance("SHA-256")
            .digest(content.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// See [PacketCommand.Grab]; also `rate_limited` while a crowd is ahead.
  record Grab(long packetId) implements PacketRequest {}

  /// See [PacketCommand.Open].
  record Open(long packetId) implements PacketRequest {}

  /// A packet and its claims, in the order in which places were taken. Refusals: `not_found`,
  /// `not_a_member`.
  ///
  /// @param cursor the place of the last claim shown
  record Get(long packetId, @Nullable Cursor cursor, int limit) implements PacketRequest {}

  /// The caller's packets of a year, newest first.
  ///
  /// @param cursor time and packet of the last record shown
  record Records(boolean sent, int year, @Nullable Cursor cursor, int limit)
      implements PacketRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable PacketRequest parse(String op, Fields fields) {
    return switch (op) {
      case "redpacket.send" -> send(fields);
      case "redpacket.grab" -> new Grab(fields.id("packetId"));
      case "redpacket.open" -> new Open(fields.id("packetId"));
      case "redpacket.get" -> new Get(fields.id("packetId"), Cursor.of(fields, 1), fields.limit());
      case "redpacket.records" ->
          new Records(
              fields.word("direction", PacketRequest::isSent),
              (int) fields.integer("year", YEAR_MIN, YEAR_MAX),
              Cursor.of(fields, 2),
              fields.limit());
      default -> null;
    };
  }

  private static @Nullable Boolean isSent(String direction) {
    return switch (direction) {
      case "sent" -> Boolean.TRUE;
      case "received" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static Send send(Fields fields) {
    long groupId = fields.id("groupId");
    String key = fields.text("clientPacketId", 1, CLIENT_KEY_CHARACTERS_MAX);
    PacketKind kind = fields.word("kind", PacketKind::parse);
    int count = (int) fields.integer("count", 1, COUNT_MAX);
    long totalFen = fields.integer("totalFen", 1, AVERAGE_FEN_MAX * COUNT_MAX);
    String greeting = fields.optionalText("greeting", 0, GREETING_CHARACTERS_MAX);
    Long recipientId = fields.optionalId("recipientId");
    if (kind == PacketKind.EXCLUSIVE && count != 1) {
      throw fields.invalid("count", "must be 1 for an exclusive packet");
    }
    if (totalFen < count) {
      throw fields.invalid("totalFen", "must be at least 1 fen for each share");
    }
    if (totalFen > AVERAGE_FEN_MAX * count) {
      throw fields.invalid("totalFen", "must be at most 20,000 fen for each share");
    }
    if (kind == PacketKind.IDENTICAL && totalFen % count != 0) {
      throw fields.invalid("totalFen", "must be divisible by count");
    }
    if ((kind == PacketKind.EXCLUSIVE) != (recipientId != null)) {
      throw fields.invalid("recipientId", "belongs to an exclusive packet, which needs it");
    }
    return new Send(
        groupId, key, kind, totalFen, count, greeting == null ? "" : greeting, recipientId);
  }
}
