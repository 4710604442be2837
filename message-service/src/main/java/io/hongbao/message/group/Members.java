package io.hongbao.message.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The members of a group as a batch sees them: those committed, which several copies share, and on
/// top of them what the batch changes. A change costs the same whatever the group's size.
final class Members {

  private final Map<Long, Membership> committed;
  private final Map<Long, Membership> saved = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();
  private int count;

  private Members(Map<Long, Membership> committed) {
    this.committed = committed;
    this.count = committed.size();
  }

  static Members of(Collection<Membership> members) {
    var committed = HashMap.<Long, Membership>newHashMap(members.size());
    members.forEach(member -> committed.put(member.userId(), member));
    return new Members(committed);
  }

  /// Members that may change without these, which are settled.
  Members copy() {
    if (!saved.isEmpty() || !removed.isEmpty()) {
      throw new IllegalStateException("copied before they were settled");
    }
    return new Members(committed);
  }

  /// Makes the changes part of what is committed. What these were copied from is not to be used any
  /// more.
  void settle() {
    committed.putAll(saved);
    removed.forEach(committed::remove);
    saved.clear();
    removed.clear();
  }

  void save(Membership member) {
    if (get(member.userId()) == null) {
      count++;
    }
    removed.remove(member.userId());
    saved.put(member.userId(), member);
  }

  void remove(long userId) {
    if (get(userId) != null) {
      count--;
    }
    saved.remove(userId);
    removed.add(userId);
  }

  @Nullable Membership get(long userId) {
    Membership changed = saved.get(userId);
    if (changed != null) {
      return changed;
    }
    return removed.contains(userId) ? null : committed.get(userId);
  }

  int count() {
    return count;
  }

  /// All of them, in no order.
  List<Membership> list() {
    return Stream.concat(
            committed.values().stream().filter(member -> !saved.containsKey(member.userId())),
            saved.values().stream())
        .filter(member -> !removed.contains(member.userId()))
        .toList();
  }
}
