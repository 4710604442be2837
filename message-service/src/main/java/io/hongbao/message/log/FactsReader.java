package io.hongbao.message.log;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.AdminCommand;
import io.hongbao.message.group.AdminFactsReader;
import io.hongbao.message.group.EntryCommand;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupFacts;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.InviteCode;
import io.hongbao.message.group.InviteCodeMapper;
import io.hongbao.message.group.RandomCodeMapper;
import io.hongbao.message.log.LogMapper.EarlierRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what deciding a batch asks for beside the states. Messages, which are nearly all there is,
/// ask for nothing; each of the others for one row or list.
final class FactsReader {

  private final GroupMapper groups;
  private final InviteCodeMapper codes;
  private final RandomCodeMapper randomCodes;
  private final LogMapper log;
  private final AdminFactsReader admin;
  private final EntryFactsReader entries;
  private final RecentKeys recent;
  private final long now;

  FactsReader(Transaction tx, RecentKeys recent, long now) {
    this.groups = tx.mapper(GroupMapper.class);
    this.codes = tx.mapper(InviteCodeMapper.class);
    this.randomCodes = tx.mapper(RandomCodeMapper.class);
    this.log = tx.mapper(LogMapper.class);
    this.admin = new AdminFactsReader(tx);
    this.entries = new EntryFactsReader(tx);
    this.recent = recent;
    this.now = now;
  }

  void read(GroupCommand command, GroupDraft draft) {
    GroupFacts facts = draft.facts();
    switch (command) {
      case GroupCommand.Create create -> readUsers(create.memberIds(), facts);
      case GroupCommand.Meet meet -> {
        GroupState state = draft.state();
        if (state != null) {
          readMet(meet, state, facts);
        }
      }
      case GroupCommand.OnGroup onGroup -> {
        GroupState state = draft.state();
        if (state != null) {
          read(onGroup, state, facts);
        }
      }
    }
  }

  private void read(GroupCommand.OnGroup asked, GroupState state, GroupFacts facts) {
    switch (asked) {
      case GroupCommand.Send send -> {
        Earlier earlier = recent.get(send.key());
        if (earlier != null) {
          facts.addEarlier(send.key(), earlier);
        }
      }
      case GroupCommand.Recall recall -> entries.readTarget(recall.seq(), state, facts);
      case GroupCommand.Invite invite -> {
        readUsers(invite.userIds(), facts);
        admin.readArrivals(state, invite.userIds(), facts);
      }
      case GroupCommand.JoinByCode join -> {
        addCode(codes.code(state.groupId(), join.code()), facts);
        admin.readArrivals(state, List.of(join.origin().actorId()), facts);
      }
      case GroupCommand.MakeCode _ -> addCode(codes.valid(state.groupId(), now), facts);
      case GroupCommand.Leave leave -> readLeft(leave.origin().actorId(), state, facts);
      case GroupCommand.JoinById join ->
          admin.readArrivals(state, List.of(join.origin().actorId()), facts);
      case AdminCommand command -> admin.read(command, state, facts);
      case EntryCommand command -> entries.read(command, state, facts);
    }
  }

  /// Who is a member leaves for the first time.
  private void readLeft(long userId, GroupState state, GroupFacts facts) {
    if (!state.isMember(userId)) {
      groups
          .formerMembers(state.groupId(), JsonLists.ids(List.of(userId)))
          .forEach(facts::addFormerMember);
    }
  }

  private void readMet(GroupCommand.Meet meet, GroupState state, GroupFacts facts) {
    if (!facts.hasRandomCode()) {
      facts.setRandomCode(randomCodes.code(state.groupId()));
    }
    admin.readArrivals(state, List.of(meet.origin().actorId()), facts);
  }

  private void readUsers(List<Long> userIds, GroupFacts facts) {
    if (!userIds.isEmpty()) {
      groups.users(JsonLists.ids(userIds)).forEach(facts::addUser);
    }
  }

  private static void addCode(@Nullable InviteCode code, GroupFacts facts) {
    if (code != null) {
      facts.addCode(code);
    }
  }

  /// When those who post in slow groups posted last, in one statement for all.
  void readLastPosts(Map<Long, GroupDraft> drafts, List<Pending> batch) {
    entries.readLastPosts(drafts, batch);
  }

  /// Looks up what the messages' client keys led to before, in one statement for all.
  ///
  /// @return the keys that were used before
  Set<MessageKey> readEarlier(Map<Long, GroupDraft> drafts, Collection<GroupCommand.Send> sends) {
    var asked = new HashSet<MessageKey>();
    for (GroupCommand.Send send : sends) {
      GroupDraft draft = drafts.get(send.origin().groupId());
      if (draft != null && draft.facts().earlier(send.key()) == null) {
        asked.add(send.key());
      }
    }
    var found = new HashSet<MessageKey>();
    if (!asked.isEmpty()) {
      for (EarlierRow row : log.earlier(JsonLists.keys(asked))) {
        GroupDraft draft = drafts.get(row.groupId());
        if (draft != null) {
          draft.facts().addEarlier(row.key(), row.earlier());
          found.add(row.key());
        }
      }
    }
    return found;
  }
}
