package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentKeysTest {

  private final RecentKeys keys = new RecentKeys();

  @Test
  void forgetsTheOldestWhereThereAreTooMany() {
    for (int i = 0; i < RecentKeys.COUNT_MAX; i++) {
      keys.add(entry("k" + i));
    }
    assertThat(keys.get(key("k0"))).isNotNull();

    keys.add(entry("one more"));
    assertThat(keys.get(key("k0"))).isNull();
    assertThat(keys.get(key("k1"))).isNotNull();
    assertThat(keys.get(key("one more"))).isNotNull();
  }

  private static MessageKey key(String clientMessageId) {
    return new MessageKey(1, 2, clientMessageId);
  }

  private static Entry entry(String clientMessageId) {
    return new Entry(
        1, 1, 1, 2, EntryType.TEXT, 1, "{}", null, null, clientMessageId, 7L, 1_800_000_000_000L);
  }
}
