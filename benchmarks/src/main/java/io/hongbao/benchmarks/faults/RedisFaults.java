package io.hongbao.benchmarks.faults;

import io.hongbao.common.redis.Redis;
import java.io.IOException;

/// Redis away, empty or silent.
final class RedisFaults {

  private RedisFaults() {}

  static void stop(Scene scene) throws InterruptedException {
    scene.stage().redis().stop();
    Thread.sleep(scene.held());
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
      Thread.sleep(scene.held());
    } finally {
      redis.goOn();
    }
  }
}
