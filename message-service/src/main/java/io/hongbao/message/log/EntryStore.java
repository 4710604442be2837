package io.hongbao.message.log;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.Change;
import io.hongbao.message.group.EntryChange;

/// Writes what is done to entries that are there, beside taking them back.
final class EntryStore {

  private final EntryMapper entries;
  private final LogMapper log;

  EntryStore(Transaction tx) {
    this.entries = tx.mapper(EntryMapper.class);
    this.log = tx.mapper(LogMapper.class);
  }

  void store(long groupId, EntryChange change) {
    switch (change) {
      case EntryChange.Pinned pin -> entries.pin(groupId, pin);
      case EntryChange.Unpinned(long seq) -> entries.unpin(groupId, seq);
      case EntryChange.Edited edit -> edit(groupId, edit);
      case EntryChange.Reacted reaction -> react(groupId, reaction);
    }
  }

  private void edit(long groupId, EntryChange.Edited edit) {
    entries.edit(groupId, edit, edit.mentions().json());
    entries.edited(groupId, edit);
    for (long userId : edit.mentionsBefore().without(edit.mentions()).userIds()) {
      log.unmention(groupId, userId, edit.seq());
    }
    for (long userId : edit.mentions().without(edit.mentionsBefore()).userIds()) {
      log.mention(groupId, userId, edit.seq());
    }
  }

  private void react(long groupId, EntryChange.Reacted reaction) {
    if (reaction.added()) {
      entries.react(groupId, reaction);
    } else {
      entries.unreact(groupId, reaction);
    }
    if (reaction.count().users() > 0) {
      entries.saveCount(groupId, reaction.seq(), reaction.count());
    } else {
      entries.deleteCount(groupId, reaction.seq(), reaction.emoji());
    }
  }

  /// What becomes of an entry's edits and reactions when it is taken back.
  void recalled(long groupId, Change.Recalled recalled) {
    if (recalled.edited()) {
      entries.emptyEdits(groupId, recalled.seq());
    }
    entries.deleteCounts(groupId, recalled.seq());
  }
}
