package io.hongbao.message.group;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.log.JsonLists;

/// Writes what the administration of a group changes, but for the group's own row.
public final class AdminStore {

  private final AdminMapper admin;
  private final GroupMapper groups;

  public AdminStore(Transaction tx) {
    this.admin = tx.mapper(AdminMapper.class);
    this.groups = tx.mapper(GroupMapper.class);
  }

  public void store(long groupId, AdminChange change) {
    switch (change) {
      case AdminChange.MemberChanged(Membership member) -> groups.saveMember(groupId, member);
      case AdminChange.MuteEnds mute -> admin.muteEnds(groupId, mute);
      case AdminChange.Banned(long userId) -> admin.ban(groupId, userId);
      case AdminChange.Unbanned(long userId) -> admin.unban(groupId, userId);
      case AdminChange.Requested(JoinRequest request) -> admin.insertRequest(request);
      case AdminChange.RequestDecided(JoinRequest request) -> admin.decideRequest(request);
      case AdminChange.Audited(AuditRecord done) ->
          admin.audit(groupId, done, JsonLists.idStrings(done.targetIds()));
      case AdminChange.SettingsChanged _, AdminChange.OwnerChanged _, AdminChange.Dissolved _ -> {
        // stand in the group's row
      }
    }
  }
}
