package io.hongbao.message.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the last [#COUNT_MAX] clients' keys of a lane led to: a repeat that comes soon, as most do,
/// costs no redo of its batch. Committed ones only, so what stands here never becomes wrong; what
/// doesn't is found by the unique key. Used by the lane's thread.
final class RecentKeys {

  static final int COUNT_MAX = 16_384;

  private final Map<MessageKey, Earlier> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageKey, Earlier> eldest) {
          return size() > COUNT_MAX;
        }
      };

  void add(Entry committed) {
    String key = committed.clientMessageId();
    if (key != null) {
      keys.put(
          new MessageKey(committed.groupId(), committed.senderId(), key), Earlier.of(committed));
    }
  }

  @Nullable Earlier get(MessageKey key) {
    return keys.get(key);
  }
}
