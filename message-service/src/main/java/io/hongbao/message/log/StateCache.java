package io.hongbao.message.log;

import io.hongbao.message.group.GroupState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The group states that a lane holds, at most [#membersMax] members over all of them (a group
/// counts as one member more): beyond that the group that was longest not in use goes. Used by the
/// lane's thread; only [#members] may be asked by others.
final class StateCache {

  private final int membersMax;
  private final Map<Long, Held> states = new LinkedHashMap<>(16, 0.75f, true);
  private int members;
  private volatile int membersTold;

  StateCache(int membersMax) {
    this.membersMax = membersMax;
  }

  @Nullable GroupState get(long groupId) {
    Held held = states.get(groupId);
    return held == null ? null : held.state;
  }

  /// Keeps the state, also where it is held already and has changed.
  void put(GroupState state) {
    var held = new Held(state, state.memberCount() + 1);
    Held before = states.put(state.groupId(), held);
    int weight = members + held.weight - (before == null ? 0 : before.weight);
    Iterator<Held> eldest = states.values().iterator();
    while (weight > membersMax && eldest.hasNext()) {
      weight -= eldest.next().weight;
      eldest.remove();
    }
    count(weight);
  }

  void evict(long groupId) {
    Held held = states.remove(groupId);
    if (held != null) {
      count(members - held.weight);
    }
  }

  private void count(int weight) {
    members = weight;
    membersTold = weight;
  }

  int members() {
    return membersTold;
  }

  private record Held(GroupState state, int weight) {}
}
