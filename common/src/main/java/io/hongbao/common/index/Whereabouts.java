package io.hongbao.common.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// For each id (a user, a group) the few places that hold it.
///
/// Readers never wait and see a list that does not change; any number of threads may add and
/// remove. An id that is in one place only, as nearly all users are, shares its list with all
/// others there.
public final class Whereabouts<T> {

  private final ConcurrentHashMap<Long, List<T>> places = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<T, List<T>> alone = new ConcurrentHashMap<>();

  /// Where `id` is, in no order; empty where it is nowhere.
  public List<T> of(long id) {
    return places.getOrDefault(id, List.of());
  }

  /// Adding what is there already changes nothing.
  public void add(long id, T place) {
    places.merge(id, alone(place), (before, _) -> with(before, place));
  }

  /// Removing what is not there changes nothing.
  ///
  /// @return whether `id` is nowhere now
  public boolean remove(long id, T place) {
    return places.computeIfPresent(id, (_, before) -> without(before, place)) == null;
  }

  /// Forgets a place: for when it is gone as a whole. Walks all ids.
  public void removeAll(T place) {
    for (Long id : places.keySet()) {
      remove(id, place);
    }
    alone.remove(place);
  }

  public int size() {
    return places.size();
  }

  private List<T> with(List<T> before, T place) {
    if (before.contains(place)) {
      return before;
    }
    var after = new ArrayList<T>(before);
    after.add(place);
    return List.copyOf(after);
  }

  @SuppressWarnings("NullAway") // null removes the entry, as computeIfPresent has it
  private List<T> without(List<T> before, T place) {
    if (!before.contains(place)) {
      return before;
    }
    var after = new ArrayList<T>(before);
    after.remove(place);
    return switch (after.size()) {
      case 0 -> null;
      case 1 -> alone(after.getFirst());
      default -> List.copyOf(after);
    };
  }

  private List<T> alone(T place) {
    return alone.computeIfAbsent(place, List::of);
  }
}
