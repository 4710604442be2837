package io.hongbao.message.group;

import io.hongbao.message.log.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Making a group.
final class CreateRules {

  private CreateRules() {}

  private record Named(String name) {}

  static Verdict create(
      @Nullable GroupState state, GroupFacts facts, GroupCommand.Create create, long now) {
    if (state != null) {
      return new Verdict.Repeat(new Answer.TheGroup(state.group()));
    }
    Origin origin = create.origin();
    var made =
        new Change.Created(
            origin.groupId(), create.name(), origin.actorId(), create.maxMembers(), now);
    GroupState empty = GroupState.created(made);
    var entries = new ArrayList<Entry>();
    var changes = new ArrayList<Change>();
    entries.add(
        empty.systemEntry(
            origin, SystemContent.groupCreated(origin.actorId(), create.name()), now));
    changes.add(made);
    changes.add(new Change.Joined(Membership.begin(origin.actorId(), Role.OWNER, 1, now)));
    List<Long> others =
        create.memberIds().stream()
            .filter(userId -> userId != origin.actorId() && facts.isUser(userId))
            .limit(create.maxMembers() - 1L)
            .toList();
    if (!others.isEmpty()) {
      Origin second = new Origin(origin.groupId(), origin.actorId(), create.membersMessageId());
      String content = SystemContent.membersJoined(origin.actorId(), others);
      entries.add(empty.systemEntry(second, content, now).behind(entries.getFirst()));
      for (long userId : others) {
        changes.add(new Change.Joined(Membership.begin(userId, Role.MEMBER, 2, now)));
      }
    }
    changes.add(audit(origin, create.name(), others, now));
    Group group = empty.groupWith(1 + others.size(), entries.size());
    return new Verdict.Done(entries, changes, new Answer.TheGroup(group));
  }

  /// @param others who are members from the beginning, beside the owner
  static Change audit(Origin origin, String name, List<Long> others, long now) {
    return AuditRecord.of(origin, AuditAction.GROUP_CREATED, others, null, new Named(name), now);
  }
}
