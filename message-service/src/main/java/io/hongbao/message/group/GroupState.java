package io.hongbao.message.group;

import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.log.Entry;
import io.hongbao.message.log.EntryType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as its lane holds it: settings, members and the head of its log, so that every command
/// is decided without reading. Used by one thread; valid as long as [#version] is the row's.
///
/// A batch works on a [#copy], which shares the members but for those that the batch changes: where
/// the batch fails, the original still stands for what is committed; where it is committed, the
/// copy is [#settle]d and takes the original's place.
public final class GroupState {

  private final long groupId;
  private final int maxMembers;
  private final long createdAt;
  private final Members members;
  private String name;
  private String announcement;
  private @Nullable Long avatarMediaId;
  private Rules rules;
  private long ownerId;
  private long previousOwnerId;
  private @Nullable Long dissolvedAt;
  private int waiting;
  private int pins;
  private boolean settingsChanged;
  private long version;
  private long lastSeq;
  private long counted;
  private long lastCountedSeq;
  private long lastMessageSeq;
  private long lastActivityAt;

  public GroupState(GroupRow row, Collection<Membership> members) {
    this(row, Members.of(members));
  }

  private GroupState(GroupRow row, Members members) {
    this.groupId = row.groupId();
    this.maxMembers = row.maxMembers();
    this.createdAt = row.createdAt();
    this.members = members;
    this.name = row.name();
    this.announcement = row.announcement();
    this.avatarMediaId = row.avatarMediaId();
    this.rules = row.rules();
    this.ownerId = row.ownerId();
    this.previousOwnerId = row.previousOwnerId();
    this.dissolvedAt = row.dissolvedAt();
    this.waiting = row.waiting();
    this.pins = row.pins();
    this.version = row.version();
    this.lastSeq = row.lastSeq();
    this.counted = row.counted();
    this.lastCountedSeq = row.lastCountedSeq();
    this.lastMessageSeq = row.lastMessageSeq();
    this.lastActivityAt = row.lastActivityAt();
  }

  /// A state that may change without this one; this one is not to be changed any more.
  public GroupState copy() {
    return new GroupState(row(), members.copy());
  }

  /// What was changed is committed. The state that this one was copied from is not to be used any
  /// more.
  public void settle() {
    members.settle();
    settingsChanged = false;
  }

  /// A group without members or entries yet, in no database.
  public static GroupState created(Change.Created created) {
    return new GroupState(
        new GroupRow(
            created.groupId(),
            created.name(),
            "",
            null,
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
            null,
            Rules.DEFAULT.slowModeMs(),
            Rules.DEFAULT.joinQuestion(),
            0,
            0,
            0),
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

  /// The entry that a command writes about the group itself.
  Entry systemEntry(Origin origin, String content, long now) {
    return uncountedEntry(origin, EntryType.SYSTEM, content, now);
  }

  /// The next entry, one that counts as nothing.
  Entry uncountedEntry(Origin origin, EntryType type, String content, long now) {
    return Entry.uncounted(
        groupId, lastSeq + 1, origin.messageId(), origin.actorId(), type, counted, content, now);
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
      case Change.Joined joined -> members.save(joined.member());
      case Change.Left left -> members.remove(left.userId());
      case Change.Recalled recalled -> {
        if (recalled.seq() == lastCountedSeq) {
          lastMessageSeq = recalled.recallSeq();
        }
      }
      case AdminChange admin -> apply(admin);
      case EntryChange.Pinned _ -> changePins(1);
      case EntryChange.Unpinned _ -> changePins(-1);
      case EntryChange.Edited _,
          EntryChange.Reacted _,
          Change.Created _,
          Change.Met _,
          Change.Mentioned _,
          Change.MediaSent _,
          Change.CodeMade _,
          Change.CodesRevoked _ -> {
        // nothing of it is held here
      }
    }
  }

  private void apply(AdminChange change) {
    switch (change) {
      case AdminChange.SettingsChanged changed -> {
        name = changed.name();
        announcement = changed.announcement();
        avatarMediaId = changed.avatarMediaId();
        rules = changed.rules();
        settingsChanged = true;
      }
      case AdminChange.OwnerChanged changed -> {
        ownerId = changed.ownerId();
        previousOwnerId = changed.previousOwnerId();
        settingsChanged = true;
      }
      case AdminChange.Dissolved(long at) -> {
        dissolvedAt = at;
        settingsChanged = true;
      }
      case AdminChange.MemberChanged(Membership member) -> members.save(member);
      case AdminChange.Requested _ -> changeWaiting(1);
      case AdminChange.RequestDecided _ -> changeWaiting(-1);
      case AdminChange.MuteEnds _,
          AdminChange.Banned _,
          AdminChange.Unbanned _,
          AdminChange.Audited _ -> {
        // nothing of it is held here
      }
    }
  }

  private void changeWaiting(int more) {
    waiting += more;
    settingsChanged = true;
  }

  private void changePins(int more) {
    pins += more;
    settingsChanged = true;
  }

  public @Nullable Membership member(long userId) {
    return members.get(userId);
  }

  public boolean isMember(long userId) {
    return members.get(userId) != null;
  }

  public int memberCount() {
    return members.count();
  }

  /// All members, in no order.
  public List<Membership> members() {
    return members.list();
  }

  /// How many more members there may be.
  int room() {
    return Math.max(0, maxMembers - members.count());
  }

  public boolean isDissolved() {
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
        members.count() + moreMembers,
        maxMembers,
        announcement,
        avatarMediaId,
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
        avatarMediaId,
        ownerId,
        members.count(),
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
        dissolvedAt,
        rules.slowModeMs(),
        rules.joinQuestion(),
        previousOwnerId,
        waiting,
        pins);
  }

  /// Whether more of the row than the log's head has changed since it was settled.
  public boolean hasNewSettings() {
    return settingsChanged;
  }

  public long groupId() {
    return groupId;
  }

  public Rules rules() {
    return rules;
  }

  long ownerId() {
    return ownerId;
  }

  long previousOwnerId() {
    return previousOwnerId;
  }

  /// Undecided join requests.
  public int waiting() {
    return waiting;
  }

  /// Entries held up.
  public int pins() {
    return pins;
  }

  String name() {
    return name;
  }

  String announcement() {
    return announcement;
  }

  @Nullable Long avatarMediaId() {
    return avatarMediaId;
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
