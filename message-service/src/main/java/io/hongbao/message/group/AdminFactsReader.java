package io.hongbao.message.group;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.log.JsonLists;
import java.util.List;

/// Reads what deciding about members asks for beside the group's state: one row or list each,
/// whatever the group's size.
public final class AdminFactsReader {

  private final AdminMapper admin;
  private final GroupMapper groups;

  public AdminFactsReader(Transaction tx) {
    this.admin = tx.mapper(AdminMapper.class);
    this.groups = tx.mapper(GroupMapper.class);
  }

  /// About those who may come in.
  public void readArrivals(GroupState state, List<Long> userIds, GroupFacts facts) {
    List<Long> strangers = userIds.stream().filter(userId -> !state.isMember(userId)).toList();
    if (!strangers.isEmpty()) {
      String ids = JsonLists.ids(strangers);
      admin.banned(state.groupId(), ids).forEach(facts.admin()::addBan);
      groups.formerMembers(state.groupId(), ids).forEach(facts::addFormerMember);
      readWaiting(state, ids, facts);
    }
  }

  private void readWaiting(GroupState state, String userIds, GroupFacts facts) {
    if (state.waiting() > 0) {
      admin.waiting(state.groupId(), userIds).forEach(facts.admin()::addRequest);
    }
  }

  public void read(AdminCommand command, GroupState state, GroupFacts facts) {
    switch (command) {
      case AdminCommand.Remove remove -> readRemoved(remove, state, facts);
      case AdminCommand.Decide decide -> readRequest(decide, state, facts);
      case AdminCommand.Unban unban -> {
        admin
            .banned(state.groupId(), JsonLists.ids(List.of(unban.userId())))
            .forEach(facts.admin()::addBan);
        readLastActor(AuditAction.MEMBER_UNBANNED, unban.userId(), state, facts);
      }
      case AdminCommand.SetRole set ->
          readLastActor(AuditAction.ROLE_CHANGED, set.userId(), state, facts);
      case AdminCommand.Mute mute ->
          readLastActor(AuditAction.MEMBER_MUTED, mute.userId(), state, facts);
      case AdminCommand.Update _,
          AdminCommand.Transfer _,
          AdminCommand.Nickname _,
          AdminCommand.Dissolve _ -> {
        // the state says it all
      }
    }
  }

  private void readRemoved(AdminCommand.Remove remove, GroupState state, GroupFacts facts) {
    String ids = JsonLists.ids(remove.userIds());
    groups.formerMembers(state.groupId(), ids).forEach(facts::addFormerMember);
    if (remove.ban()) {
      groups.users(ids).forEach(facts::addUser);
      admin.banned(state.groupId(), ids).forEach(facts.admin()::addBan);
      readWaiting(state, ids, facts);
    }
  }

  private void readRequest(AdminCommand.Decide decide, GroupState state, GroupFacts facts) {
    JoinRequest request = admin.request(decide.requestId());
    if (request != null && request.groupId() == state.groupId()) {
      facts.admin().addRequest(request);
      readArrivals(state, List.of(request.userId()), facts);
    }
  }

  private void readLastActor(
      AuditAction action, long targetId, GroupState state, GroupFacts facts) {
    Long actorId = admin.lastActor(state.groupId(), action, targetId);
    if (actorId != null) {
      facts.admin().addLastActor(action, targetId, actorId);
    }
  }
}
