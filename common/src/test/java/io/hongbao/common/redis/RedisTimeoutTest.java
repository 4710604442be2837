package io.hongbao.common.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a command is waited for is what the URL says, be it the library's own default.
final class RedisTimeoutTest {

  @ParameterizedTest
  @CsvSource({
    "redis://127.0.0.1:6379/3, 500",
    "redis://:timeout=9s@127.0.0.1, 500",
    "redis://:secret@127.0.0.1/0?timeout=2s, 2000",
    "redis://127.0.0.1?timeout=60s, 60000"
  })
  void isWhatTheUrlSays(String url, long millis) {
    assertThat(Redis.timeout(url, RedisURI.create(url)).toMillis()).isEqualTo(millis);
  }
}
