package io.hongbao.message.face;

import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.Redis;

/// Redis for a test: connected, however long the first connection of a busy machine takes.
final class TestRedis {

  private TestRedis() {}

  static Redis open(String url) {
    Redis redis = Redis.open(url);
    await().until(redis::isReady);
    return redis;
  }
}
