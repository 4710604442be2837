package io.hongbao.message.log;

import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupMapper.GroupVersion;
import io.hongbao.message.group.GroupMapper.MemberRow;
import io.hongbao.message.group.GroupRow;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Gets the states of a batch's groups: from memory where they are, else in two statements for all.
final class StateReader {

  private final GroupMapper groups;
  private final StateCache states;

  StateReader(Transaction tx, StateCache states) {
    this.groups = tx.mapper(GroupMapper.class);
    this.states = states;
  }

  /// A draft for each of the groups, in id order.
  ///
  /// @param locked whether to lock the rows and to trust no state that they don't bear out
  SortedMap<Long, GroupDraft> read(SortedSet<Long> groupIds, boolean locked) {
    var drafts = new TreeMap<Long, GroupDraft>();
    if (locked) {
      load(drafts, lock(groupIds));
    } else {
      var missing = new ArrayList<Long>();
      for (long groupId : groupIds) {
        GroupState held = states.get(groupId);
        if (held == null) {
          missing.add(groupId);
        } else {
          drafts.put(groupId, new GroupDraft(groupId, held.copy(), false));
        }
      }
      if (!missing.isEmpty()) {
        load(drafts, groups.groups(JsonLists.ids(missing)));
      }
    }
    for (long groupId : groupIds) {
      drafts.computeIfAbsent(groupId, id -> new GroupDraft(id, null, true));
    }
    return drafts;
  }

  private List<GroupRow> lock(SortedSet<Long> groupIds) {
    var rows = new ArrayList<GroupRow>();
    for (long groupId : groupIds) {
      GroupRow row = groups.lockGroup(groupId);
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }

  private void load(Map<Long, GroupDraft> drafts, Collection<GroupRow> rows) {
    var moved = new ArrayList<GroupRow>();
    for (GroupRow row : rows) {
      GroupState held = states.get(row.groupId());
      if (held != null && held.version() == row.version()) {
        drafts.put(row.groupId(), new GroupDraft(row.groupId(), held.copy(), true));
      } else {
        moved.add(row);
      }
    }
    Map<Long, List<Membership>> members = membersOf(moved);
    for (GroupRow row : moved) {
      var state = new GroupState(row, members.getOrDefault(row.groupId(), List.of()));
      drafts.put(row.groupId(), new GroupDraft(row.groupId(), state, true));
    }
  }

  private Map<Long, List<Membership>> membersOf(Collection<GroupRow> rows) {
    var members = new HashMap<Long, List<Membership>>();
    if (!rows.isEmpty()) {
      String ids = JsonLists.ids(rows.stream().map(GroupRow::groupId).toList());
      for (MemberRow member : groups.members(ids)) {
        members.computeIfAbsent(member.groupId(), _ -> new ArrayList<>()).add(member.membership());
      }
    }
    return members;
  }

  static Map<Long, Long> versions(Transaction tx, Collection<Long> groupIds) {
    var versions = new HashMap<Long, Long>();
    for (GroupVersion row : tx.mapper(GroupMapper.class).versions(JsonLists.ids(groupIds))) {
      versions.put(row.groupId(), row.version());
    }
    return versions;
  }
}
