package io.hongbao.message.log;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.AdminCommand;
import io.hongbao.message.group.EntryCommand;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupFacts;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.log.EntryMapper.LastPost;
import io.hongbao.message.log.Target.TargetRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/// Reads what deciding about entries asks for beside the group's state.
final class EntryFactsReader {

  private final LogMapper log;
  private final EntryMapper entries;

  EntryFactsReader(Transaction tx) {
    this.log = tx.mapper(LogMapper.class);
    this.entries = tx.mapper(EntryMapper.class);
  }

  void read(EntryCommand command, GroupState state, GroupFacts facts) {
    readTarget(command.seq(), state, facts);
    switch (command) {
      case EntryCommand.Pin _, EntryCommand.Unpin _, EntryCommand.Edit _ -> {
        // the entry says it all
      }
      case EntryCommand.React react -> {
        long groupId = state.groupId();
        long userId = react.origin().actorId();
        entries
            .counts(groupId, react.seq())
            .forEach(count -> facts.entries().addCount(react.seq(), count));
        if (entries.hasReacted(groupId, userId, react.seq(), react.emoji())) {
          facts.entries().addReaction(userId, react.seq(), react.emoji());
        }
      }
    }
  }

  /// An entry, and whether it is held up.
  void readTarget(long seq, GroupState state, GroupFacts facts) {
    TargetRow row = log.target(state.groupId(), seq);
    if (row != null) {
      facts.addTarget(Target.of(row));
      if (state.pins() > 0 && entries.isPinned(state.groupId(), seq)) {
        facts.entries().addPin(seq);
      }
    }
  }

  /// When those who post in slow groups posted last, in one statement for all.
  void readLastPosts(Map<Long, GroupDraft> drafts, List<Pending> batch) {
    Set<Long> slow = slowGroups(drafts, batch);
    if (slow.isEmpty()) {
      return;
    }
    var senders = new StringJoiner(",", "[", "]");
    for (Pending pending : batch) {
      if (pending.command() instanceof GroupCommand.Send send && slow.contains(pending.groupId())) {
        senders.add("[" + pending.groupId() + "," + send.origin().actorId() + "]");
      }
    }
    for (LastPost last : entries.lastPosts(senders.toString())) {
      GroupDraft draft = drafts.get(last.groupId());
      if (draft != null) {
        draft.facts().entries().addLastPost(last.senderId(), last.sentAt());
      }
    }
  }

  /// The groups that have a slow mode, or may have one before the batch is over.
  private static Set<Long> slowGroups(Map<Long, GroupDraft> drafts, List<Pending> batch) {
    var slow = new HashSet<Long>();
    for (GroupDraft draft : drafts.values()) {
      GroupState state = draft.state();
      if (state != null && state.rules().slowModeMs() > 0) {
        slow.add(draft.groupId());
      }
    }
    for (Pending pending : batch) {
      if (pending.command() instanceof AdminCommand.Update) {
        slow.add(pending.groupId());
      }
    }
    return slow;
  }
}
