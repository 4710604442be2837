package io.hongbao.message.group;

import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.wire.Cursor;
import io.hongbao.common.wire.Fields;
import org.jspecify.annotations.Nullable;

/// What owner and admins ask about their group, and members about their own place in it. Each
/// record names its refusals, first that applies; all of them may also be refused
/// `invalid_argument` for a malformed field and `unavailable`.
///
/// Where the wished state holds already, [AdminCommand.SetRole], [AdminCommand.Transfer],
/// [AdminCommand.Mute], [AdminCommand.Unban], [AdminCommand.Decide] and [AdminCommand.Dissolve] are
/// answered as the first time, to who may do it and to who did it, before any refusal but
/// `not_found` (the group).
public sealed interface AdminRequest {

  int ANNOUNCEMENT_CHARACTERS_MAX = 2_000;
  int NICKNAME_CHARACTERS_MAX = 32;

  /// The largest time that every client can hold: 2^53 - 1.
  long AT_MAX = 9_007_199_254_740_991L;

  /// A request that names its group.
  sealed interface AboutGroup extends AdminRequest {}

  /// One of [AdminCommand], with the origin that the server gives it. Refusals:
  /// - `Remove`: `not_found`, `not_a_member`, `group_dissolved`, `invalid_argument` (oneself),
  ///   `forbidden` (in general, or any of the targets).
  /// - `Unban`: `not_found`, `not_a_member`, `group_dissolved`, `forbidden`.
  /// - `SetRole`: `not_found`, `not_a_member`, `group_dissolved`, `invalid_argument` (demoting
  ///   oneself), `forbidden`, `not_found` (no such member), `forbidden` (the owner).
  /// - `Transfer`: `not_found`, `not_a_member`, `group_dissolved`, `forbidden`, `not_found` (no
  ///   such member).
  /// - `Mute`: `not_found`, `not_a_member`, `group_dissolved`, `invalid_argument` (oneself),
  ///   `forbidden`, `not_found` (no such member), `forbidden` (that member), `invalid_argument` (a
  ///   time that is past).
  /// - `Nickname`: `not_found`, `not_a_member`, `group_dissolved`.
  /// - `Dissolve`: `not_found`, `not_a_member`, `group_dissolved`, `forbidden`.
  @FunctionalInterface
  interface MakeCommand {
    AdminCommand by(Origin origin);
  }

  record Change(long groupId, MakeCommand command) implements AboutGroup {}

  /// Name, announcement, avatar and rules; what is null stays as it is. Refusals: `not_found`,
  /// `not_a_member`, `group_dissolved`, `forbidden`, `not_found` (no avatar of the caller's own,
  /// completed).
  record Update(
      long groupId,
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Long avatarMediaId,
      RulesPatch rules)
      implements AdminRequest {

    AdminCommand.Update by(Origin origin, @Nullable Outcome<Medium> avatar) {
      return new AdminCommand.Update(origin, name, announcement, avatar, rules);
    }
  }

  /// Refusals: `not_found` (the request), `not_a_member`, `group_dissolved`, `forbidden`,
  /// `conflict` (decided otherwise), `group_full`.
  record Decide(long requestId, boolean accept) implements AdminRequest {}

  /// Who waits to be let in, oldest first. Refusals: `not_found`, `not_a_member`, `forbidden`.
  record Requests(long groupId, @Nullable Cursor cursor, int limit) implements AboutGroup {}

  /// Who is kept out, by ascending user id. Refusals: `not_found`, `not_a_member`, `forbidden`.
  record Bans(long groupId, @Nullable Cursor cursor, int limit) implements AboutGroup {}

  /// Who did what to whom, newest first. Refusals: `not_found`, `not_a_member`, `forbidden`.
  record Audit(long groupId, @Nullable Cursor cursor, int limit) implements AboutGroup {}

  /// The request that `op` is, or null where it is none of these.
  static @Nullable AdminRequest parse(String op, Fields fields) {
    return switch (op) {
      case "group.update" -> update(fields);
      case "group.remove" -> remove(fields);
      case "group.unban" -> unban(fields);
      case "group.set_role" -> setRole(fields);
      case "group.transfer" -> transfer(fields);
      case "group.mute" -> mute(fields);
      case "group.nickname" -> nickname(fields);
      case "group.dissolve" -> new Change(fields.id("groupId"), AdminCommand.Dissolve::new);
      case "group.decide" -> new Decide(fields.id("requestId"), fields.bool("accept"));
      case "group.requests" ->
          new Requests(fields.id("groupId"), Cursor.of(fields, 1), fields.limit());
      case "group.bans" -> new Bans(fields.id("groupId"), Cursor.of(fields, 1), fields.limit());
      case "group.audit" -> new Audit(fields.id("groupId"), Cursor.of(fields, 1), fields.limit());
      default -> null;
    };
  }

  private static Update update(Fields fields) {
    return new Update(
        fields.id("groupId"),
        fields.optionalText("name", 1, GroupRequest.NAME_CHARACTERS_MAX),
        fields.optionalText("announcement", 0, ANNOUNCEMENT_CHARACTERS_MAX),
        fields.optionalId("avatarMediaId"),
        RulesPatch.of(fields));
  }

  private static Change remove(Fields fields) {
    long groupId = fields.id("groupId");
    var userIds = fields.ids("userIds", 1, GroupRequest.TARGETS_MAX);
    boolean ban = fields.has("ban") && fields.bool("ban");
    return new Change(groupId, origin -> new AdminCommand.Remove(origin, userIds, ban));
  }

  private static Change unban(Fields fields) {
    long groupId = fields.id("groupId");
    long userId = fields.id("userId");
    return new Change(groupId, origin -> new AdminCommand.Unban(origin, userId));
  }

  private static Change setRole(Fields fields) {
    long groupId = fields.id("groupId");
    long userId = fields.id("userId");
    Role role =
        fields.word(
            "role",
            word ->
                switch (word) {
                  case "admin" -> Role.ADMIN;
                  case "member" -> Role.MEMBER;
                  default -> null;
                });
    return new Change(groupId, origin -> new AdminCommand.SetRole(origin, userId, role));
  }

  private static Change transfer(Fields fields) {
    long groupId = fields.id("groupId");
    long userId = fields.id("userId");
    return new Change(groupId, origin -> new AdminCommand.Transfer(origin, userId));
  }

  private static Change mute(Fields fields) {
    long groupId = fields.id("groupId");
    long userId = fields.id("userId");
    long untilAt = fields.integer("untilAt", 0, AT_MAX);
    return new Change(groupId, origin -> new AdminCommand.Mute(origin, userId, untilAt));
  }

  private static Change nickname(Fields fields) {
    long groupId = fields.id("groupId");
    String nickname = fields.text("nickname", 0, NICKNAME_CHARACTERS_MAX);
    return new Change(groupId, origin -> new AdminCommand.Nickname(origin, nickname));
  }
}
