package io.hongbao.message.group;

import io.hongbao.common.wire.Fields;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks about groups. Each record names its refusals, first that applies; all of them
/// may also be refused `invalid_argument` for a malformed field and `unavailable`.
public sealed interface GroupRequest {

  /// Most users one request names.
  int TARGETS_MAX = 500;

  int NAME_CHARACTERS_MAX = 64;
  int CLIENT_KEY_CHARACTERS_MAX = 64;
  long CODE_VALID_MIN_MS = 1_000;
  long CODE_VALID_MAX_MS = Duration.ofDays(30).toMillis();

  /// Makes a group whose owner is the caller; `memberIds` become members, but for the unknown, the
  /// caller and those beyond the most a group may have. Refusals: `conflict`. A repeat answers with
  /// the group as it is now.
  record Create(String clientGroupId, String name, List<Long> memberIds) implements GroupRequest {}

  /// Refusals: `not_found`, `not_a_member` unless the group is open or takes members by approval.
  record Get(long groupId) implements GroupRequest {}

  /// The group that a code leads to, for who may join by it, or has. Refusals: `not_found` (never
  /// issued), `group_dissolved`, `banned`, `code_expired`.
  record GetByCode(String code) implements GroupRequest {}

  /// The members by ascending user id. Refusals: `not_found`, `not_a_member`.
  ///
  /// @param afterUserId the last one of the page before, 0 for the first page
  record Members(long groupId, long afterUserId, int limit) implements GroupRequest {}

  /// Makes users members at once, but for those who can't be; where the group takes members by
  /// approval and the caller is neither owner nor admin, lets them wait for it. Refusals:
  /// `not_found` (the group), `not_a_member`, `group_dissolved`, `forbidden` (by `invitePolicy`);
  /// where nobody could be taken, of the first user: `not_found`, `already_member`, `banned`,
  /// `group_full`, `limit_reached` (too many wait).
  record Invite(long groupId, List<Long> userIds) implements GroupRequest {}

  /// The invite code that is valid longest, or a new one where there is none, where `validMs` is
  /// given or where `revoke` ends the earlier ones. Refusals: `not_found`, `not_a_member`,
  /// `group_dissolved`, `forbidden` (neither owner nor admin).
  record MakeCode(long groupId, @Nullable Long validMs, boolean revoke) implements GroupRequest {}

  /// Refusals: `not_found`, `group_dissolved`, `banned`, `forbidden` (by invitation only),
  /// `group_full`, and where the group takes members by approval `invalid_argument` (`message` does
  /// not answer the question), `limit_reached` (too many wait). Who is a member already is joined,
  /// who waits already still waits.
  record JoinById(long groupId, @Nullable String message) implements GroupRequest {}

  /// Refusals: `not_found` (never issued), `group_dissolved`, `banned`, `code_expired`, then as
  /// [JoinById].
  record JoinByCode(String code, @Nullable String message) implements GroupRequest {}

  /// Refusals: `not_found`, `not_a_member` (never was one), `group_dissolved`,
  /// `owner_must_transfer`. Who has left before is answered as then.
  record Leave(long groupId) implements GroupRequest {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable GroupRequest parse(String op, Fields fields) {
    return switch (op) {
      case "group.create" ->
          new Create(
              fields.text("clientGroupId", 1, CLIENT_KEY_CHARACTERS_MAX),
              fields.text("name", 1, NAME_CHARACTERS_MAX),
              fields.optionalIds("memberIds", TARGETS_MAX));
      case "group.get" -> get(fields);
      case "group.members" ->
          new Members(fields.id("groupId"), afterUserId(fields), fields.limit());
      case "group.invite" ->
          new Invite(fields.id("groupId"), fields.ids("userIds", 1, TARGETS_MAX));
      case "group.invite_code" ->
          new MakeCode(
              fields.id("groupId"),
              fields.optionalInteger("validMs", CODE_VALID_MIN_MS, CODE_VALID_MAX_MS),
              fields.has("revoke") && fields.bool("revoke"));
      case "group.join" -> join(fields);
      case "group.leave" -> new Leave(fields.id("groupId"));
      default -> null;
    };
  }

  private static long afterUserId(Fields fields) {
    String cursor = fields.cursor();
    if (cursor == null) {
      return 0;
    }
    Long userId = Fields.parseId(cursor);
    if (userId == null) {
      throw fields.invalid("cursor", "is not from a page before");
    }
    return userId;
  }

  private static GroupRequest get(Fields fields) {
    return fields.has("inviteCode") ? new GetByCode(code(fields)) : new Get(fields.id("groupId"));
  }

  private static GroupRequest join(Fields fields) {
    String message = fields.optionalText("message", 0, JoinRequest.MESSAGE_CHARACTERS_MAX);
    if (fields.has("inviteCode")) {
      return new JoinByCode(code(fields), message);
    }
    if (fields.has("groupId")) {
      return new JoinById(fields.id("groupId"), message);
    }
    throw fields.invalid("data", "must have either groupId or inviteCode");
  }

  private static String code(Fields fields) {
    if (fields.has("groupId")) {
      throw fields.invalid("data", "must have either groupId or inviteCode");
    }
    return fields.text("inviteCode", 1, InviteCode.CHARACTERS_MAX);
  }
}
