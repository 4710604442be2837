package io.hongbao.message.group;

import io.hongbao.common.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a `system` entry: the kinds of the protocol, one factory each.
final class SystemContent {

  private SystemContent() {}

  private record GroupCreated(String kind, long actorId, String name) {}

  private record GroupUpdated(
      String kind,
      long actorId,
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Long avatarMediaId,
      @Nullable RulesPatch rules) {}

  private record ByActor(String kind, long actorId) {}

  private record ToTargets(String kind, long actorId, List<Long> targetIds) {}

  private record RoleChanged(String kind, long actorId, List<Long> targetIds, Role role) {}

  private record MemberMuted(String kind, long actorId, List<Long> targetIds, long untilAt) {}

  private record OfEntry(String kind, long actorId, long seq) {}

  static String groupCreated(long actorId, String name) {
    return Json.text(new GroupCreated("group_created", actorId, name));
  }

  /// What was not changed is null.
  static String groupUpdated(
      long actorId,
      @Nullable String name,
      @Nullable String announcement,
      @Nullable Long avatarMediaId,
      @Nullable RulesPatch rules) {
    return Json.text(
        new GroupUpdated("group_updated", actorId, name, announcement, avatarMediaId, rules));
  }

  static String groupDissolved(long actorId) {
    return Json.text(new ByActor("group_dissolved", actorId));
  }

  static String membersJoined(long actorId, List<Long> targetIds) {
    return Json.text(new ToTargets("members_joined", actorId, targetIds));
  }

  static String memberLeft(long actorId) {
    return Json.text(new ByActor("member_left", actorId));
  }

  static String membersRemoved(long actorId, List<Long> targetIds) {
    return Json.text(new ToTargets("members_removed", actorId, targetIds));
  }

  static String roleChanged(long actorId, long targetId, Role role) {
    return Json.text(new RoleChanged("role_changed", actorId, List.of(targetId), role));
  }

  static String ownerChanged(long actorId, long targetId) {
    return Json.text(new ToTargets("owner_changed", actorId, List.of(targetId)));
  }

  static String memberMuted(long actorId, long targetId, long untilAt) {
    return Json.text(new MemberMuted("member_muted", actorId, List.of(targetId), untilAt));
  }

  static String messagePinned(long actorId, long seq) {
    return Json.text(new OfEntry("message_pinned", actorId, seq));
  }

  static String messageUnpinned(long actorId, long seq) {
    return Json.text(new OfEntry("message_unpinned", actorId, seq));
  }
}
