package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.MembershipChange;
import java.util.LinkedHashMap;
import java.util.Map;

/// By which entry users last came into groups or left them, as far as one event loop was told.
/// Where two services publish about a group, the earlier of two changes may come last; it must not
/// undo the later one.
///
/// Remembers the last [#HELD_MAX] users in groups, far more than change within the moment by which
/// a run can be late.
final class LastChanges {

  static final int HELD_MAX = 10_000;

  private final Map<Place, Long> seqs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Long> eldest) {
          return size() > HELD_MAX;
        }
      };

  private record Place(long groupId, long userId) {}

  /// Remembers a change; false where a later one has come before it.
  boolean isNews(long groupId, MembershipChange change) {
    return seqs.merge(new Place(groupId, change.userId()), change.seq(), Math::max) == change.seq();
  }

  /// The entry of the last change, or 0 where none is remembered.
  long lastSeq(long groupId, long userId) {
    return seqs.getOrDefault(new Place(groupId, userId), 0L);
  }
}
