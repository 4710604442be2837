package io.hongbao.benchmarks.faults;

import io.hongbao.common.redis.Redis;
import java.io.IOException;

/// Redis away, empty or silent.
final class RedisFaults {

  /// Texts that are acknowledged without Redis before it is back.
  private static final int MESSAGES_WITHOUT = 200;

  private RedisFaults() {}

  static void kill(Scene scene) throws InterruptedException {
    scene.stage().redis().kill();
    scene.crowd().awaitMessages(MESSAGES_WITHOUT);
    scene.stage().redis().restart();
  }

  static void flush(Scene scene) {
    try (var redis = Redis.open(scene.stage().redis().url())) {
      redis.sync().flushall();
    }
  }

  static void pause(Scene scene) throws IOException, InterruptedException {
    Program redis = Program.named("redis-server");
    redis.stop();
    try {
      scene.crowd().awaitMessages(MESSAGES_WITHOUT);
    } finally {
      redis.goOn();
    }
  }
}
