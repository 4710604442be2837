package io.hongbao.embedded.junit;

import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedRedisCluster;
import io.hongbao.embedded.RuntimeFolder;
import java.nio.file.Path;
import java.util.function.IntFunction;

/// The Redis of the pass: one, or a cluster.
///
/// @param empty gives the test class with this number an empty Redis, by its URL
record TestRedis(IntFunction<String> empty, Runnable stopping) implements AutoCloseable {

  static TestRedis start(RuntimeFolder runtime, Path data) {
    String wanted = System.getProperty("hongbao.test.redis", "single");
    return switch (wanted) {
      case "single" -> {
        EmbeddedRedis redis = EmbeddedRedis.start(runtime, data, Servers.PASSWORD);
        yield new TestRedis(redis::url, redis::close);
      }
      case "cluster" -> of(EmbeddedRedisCluster.start(runtime, data, Servers.PASSWORD));
      default ->
          throw new IllegalArgumentException(
              "hongbao.test.redis must be single or cluster, not " + wanted);
    };
  }

  /// A cluster has one database, which the test classes have one after the other.
  private static TestRedis of(EmbeddedRedisCluster cluster) {
    return new TestRedis(
        _ -> {
          cluster.flush();
          return cluster.url();
        },
        cluster::close);
  }

  /// An empty Redis for the test class with this number, by its URL.
  String emptyUrl(int number) {
    return empty.apply(number);
  }

  @Override
  public void close() {
    stopping.run();
  }
}
