package io.hongbao.message.group;

import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group as its lane holds it: settings, members and the head of its log, so that every command
/// is decided without reading. Used by one thread; valid as long as [#version] is the row's.
///
/// A batch works on a [#copy], which shares the members until one of them changes: where the batch
/// fails, the original still stands for what is committed.
public final class GroupState {

  private final long groupId;
  private final String name;
  private final String announcement;
  private final long ownerId;
  private final int maxMembers;
  private final Rules rules;
  private final long createdAt;
  private final @Nullable Long dissolvedAt;
  private Map<Long, Membership> members;
  private boolean membersShared;
  private long version;
  private long lastSeq;
  private long counted;
  private long lastCountedSeq;
  private long lastMessageSeq;
  private long lastActivityAt;

  public GroupState(GroupRow row, Collection<Membership> members) {
    this(row, HashMap.<Long, Membership>newHashMap(members.size()));
    members.forEach(member -> this.members.put(member.userId(), member));
  }

  private GroupState(GroupRow row, Map<Long, Membership> members) {
    this.groupId = row.groupId();
    this.name = row.name();
    this.announcement = row.announcement();
    this.ownerId = row.ownerId();
    this.maxMembers = row.maxMembers();
    this.rules = row.rules();
    this.createdAt = row.createdAt();
    this.dissolvedAt = row.dissolvedAt();
    this.version = row.version();
    this.lastSeq = row.lastSeq();
    this.counted = row.counted();
    this.lastCountedSeq = row.lastCountedSeq();
    this.lastMessageSeq = row.lastMessageSeq();
    this.lastActivityAt = row.lastActivityAt();
    this.members = members;
  }

  /// A state that may change without this one; this one is not to be changed any more.
  public GroupState copy() {
    var copy = new GroupState(row(), members);
    copy.membersShared = true;
    return copy;
  }

  /// A group without members or entries yet, in no database.
  public static GroupState created(Change.Created created) {
    return new GroupState(
        new GroupRow(
            created.groupId(),
            created.name(),
            "",
            created.ownerId(),
            0,
            created.maxMembers(),
            Rules.DEFAULT.joinPolicy(),
            Rules.DEFAULT.invitePolicy(),
            Rules.DEFAULT.postPolicy(),
            Rules.DEFAULT.historyPolicy(),
            0,
            0,
            0,
            0,
            0,
            created.createdAt(),
            created.createdAt(),
            null),
        List.of());
  }

  /// Takes over what the rules decided.
  public void apply(Verdict.Done done) {
    done.entries().forEach(this::append);
    done.changes().forEach(this::apply);
  }

  /// To be called once for each write of the row.
  public void nextVersion() {
    version++;
  }

  private void append(Entry entry) {
    lastSeq = entry.seq();
    lastActivityAt = entry.sentAt();
    counted = entry.counted();
    if (entry.countable()) {
      lastCountedSeq = entry.seq();
      lastMessageSeq = entry.seq();
    }
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Joined joined -> ownMembers().put(joined.member().userId(), joined.member());
      case Change.Left left -> ownMembers().remove(left.userId());
      case Change.Recalled recalled -> {
        if (recalled.seq() == lastCountedSeq) {
          lastMessageSeq = recalled.recallSeq();
        }
      }
      case Change.Created _,
          Change.Met _,
          Change.Mentioned _,
          Change.CodeMade _,
          Change.CodesRevoked _ -> {
        // nothing of it is held here
      }
    }
  }

  private Map<Long, Membership> ownMembers() {
    if (membersShared) {
      members = new HashMap<>(members);
      membersShared = false;
    }
    return members;
  }

  public @Nullable Membership member(long userId) {
    return members.get(userId);
  }

  public boolean isMember(long userId) {
    return members.containsKey(userId);
  }

  public int memberCount() {
    return members.size();
  }

  /// How many more members there may be.
  int room() {
    return Math.max(0, maxMembers - members.size());
  }

  boolean isDissolved() {
    return dissolvedAt != null;
  }

  /// The first entry that the member may see.
  long visibleFrom(Membership member) {
    return rules.historyPolicy() == HistoryPolicy.SINCE_JOIN ? member.joinSeq() : 1;
  }

  Group group() {
    return groupWith(0, 0);
  }

  /// The group as it will be with so many members and entries more.
  Group groupWith(int moreMembers, int moreEntries) {
    return new Group(
        groupId,
        name,
        ownerId,
        members.size() + moreMembers,
        maxMembers,
        announcement,
        rules,
        lastSeq + moreEntries,
        createdAt);
  }

  /// The row of `chat_group` that this state stands for.
  public GroupRow row() {
    return new GroupRow(
        groupId,
        name,
        announcement,
        ownerId,
        members.size(),
        maxMembers,
        rules.joinPolicy(),
        rules.invitePolicy(),
        rules.postPolicy(),
        rules.historyPolicy(),
        version,
        lastSeq,
        counted,
        lastCountedSeq,
        lastMessageSeq,
        lastActivityAt,
        createdAt,
        dissolvedAt);
  }

  public long groupId() {
    return groupId;
  }

  Rules rules() {
    return rules;
  }

  public long version() {
    return version;
  }

  public long lastSeq() {
    return lastSeq;
  }

  long counted() {
    return counted;
  }

  long lastActivityAt() {
    return lastActivityAt;
  }
}
