package io.hongbao.common.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LuaScriptTest {

  /// Nobody listens there.
  private static final String AWAY = "redis://127.0.0.1:1";

  @Test
  void refusesKeysOfTwoSlotsBeforeItAsksRedis() {
    try (Redis redis = Redis.open(AWAY)) {
      LuaScript<Long> script =
          LuaScript.returningInteger(redis, LuaScriptTest.class, "number_of_keys.lua");

      assertThatThrownBy(() -> script.run(List.of("{a}:1", "{b}:1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("{b}:1");
      assertThatThrownBy(() -> script.runAsync(List.of("{a}:1", "{a}:2", "c")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> script.run(List.of("{a}:1", "{a}:2")))
          .isInstanceOf(RedisException.class);
      assertThat(script.runAsync(List.of("{a}:1", "{a}:2"))).isCompletedExceptionally();
    }
  }
}
