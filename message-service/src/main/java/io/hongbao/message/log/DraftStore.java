package io.hongbao.message.log;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.AdminChange;
import io.hongbao.message.group.AdminStore;
import io.hongbao.message.group.Change;
import io.hongbao.message.group.EntryChange;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.InviteCodeMapper;
import io.hongbao.message.group.RandomCodeMapper;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.apache.ibatis.executor.BatchResult;

/// Writes what a batch has made of its groups: first their rows, which locks them, then everything
/// else. One statement for all rows of a kind, but for changes that alternate.
final class DraftStore {

  private final Transaction tx;
  private final GroupMapper groups;
  private final InviteCodeMapper codes;
  private final RandomCodeMapper randomCodes;
  private final LogMapper log;
  private final AdminStore admin;
  private final EntryStore entries;

  DraftStore(Transaction tx) {
    this.tx = tx;
    this.groups = tx.mapper(GroupMapper.class);
    this.codes = tx.mapper(InviteCodeMapper.class);
    this.randomCodes = tx.mapper(RandomCodeMapper.class);
    this.log = tx.mapper(LogMapper.class);
    this.admin = new AdminStore(tx);
    this.entries = new EntryStore(tx);
  }

  /// @param drafts in id order, in which the rows are locked
  /// @throws StaleStateException where a group's version has moved
  void store(Collection<GroupDraft> drafts) {
    List<GroupDraft> changed = drafts.stream().filter(GroupDraft::isChanged).toList();
    if (changed.isEmpty()) {
      return;
    }
    changed.forEach(draft -> draft.existing().nextVersion());
    moveHeads(changed.stream().filter(draft -> !draft.isCreated()).toList());
    for (GroupDraft draft : changed) {
      if (draft.isCreated()) {
        groups.insertGroup(draft.existing().row());
      }
    }
    for (GroupDraft draft : changed) {
      if (draft.existing().hasNewSettings()) {
        groups.saveSettings(draft.existing().row());
      }
    }
    List<Entry> appended = changed.stream().flatMap(draft -> draft.entries().stream()).toList();
    tx.run(connection -> EntryInsert.append(connection, appended));
    for (GroupDraft draft : changed) {
      draft.changes().forEach(change -> store(draft.groupId(), change));
    }
  }

  private void moveHeads(List<GroupDraft> changed) {
    if (changed.isEmpty()) {
      return;
    }
    var heads = new StringJoiner(",", "[", "]");
    changed.forEach(draft -> heads.add(draft.existing().row().head()));
    groups.moveHeads(heads.toString());
    int moved = 0;
    for (BatchResult result : tx.flush()) {
      moved += IntStream.of(result.getUpdateCounts()).sum();
    }
    if (moved != changed.size()) {
      throw new StaleStateException();
    }
  }

  private void store(long groupId, Change change) {
    switch (change) {
      case Change.Joined joined -> groups.saveMember(groupId, joined.member());
      case Change.Left left -> {
        groups.deleteMember(groupId, left.userId());
        groups.saveFormerMember(groupId, left.member(), left.seq());
      }
      case Change.Mentioned mentioned ->
          mentioned.userIds().forEach(userId -> log.mention(groupId, userId, mentioned.seq()));
      case Change.MediaSent(long seq, var mediaIds) ->
          mediaIds.forEach(mediaId -> log.mediaSent(groupId, mediaId, seq));
      case Change.Recalled recalled -> {
        log.empty(groupId, recalled.seq(), recalled.recalledAt());
        log.recalled(groupId, recalled.seq(), recalled.recallSeq());
        recalled
            .mentions()
            .userIds()
            .forEach(userId -> log.unmention(groupId, userId, recalled.seq()));
        entries.recalled(groupId, recalled);
      }
      case Change.CodesRevoked revoked -> codes.revokeAll(groupId, revoked.revokedAt());
      case Change.CodeMade made -> codes.insert(made.code());
      case Change.Met(var code) -> randomCodes.insert(code);
      case AdminChange administered -> admin.store(groupId, administered);
      case EntryChange done -> entries.store(groupId, done);
      case Change.Created _ -> {
        // is the group's row
      }
    }
  }
}
