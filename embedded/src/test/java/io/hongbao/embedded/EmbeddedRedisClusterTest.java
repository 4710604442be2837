package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The access layer over Redis on a cluster of three masters.
@TestInstance(Lifecycle.PER_CLASS)
final class EmbeddedRedisClusterTest {

  private static final RuntimeFolder RUNTIME =
      new RuntimeFolder(Path.of(System.getProperty("hongbao.runtime", "target/runtime")));

  private static final List<String> KEYS =
      IntStream.range(0, 100).mapToObj(number -> "key" + number).toList();

  private Path folder;
  private EmbeddedRedisCluster cluster;
  private Redis redis;

  @BeforeAll
  void start() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "cluster.");
    cluster = EmbeddedRedisCluster.start(RUNTIME, folder, "first1");
    redis = Redis.open(cluster.url());
  }

  @AfterAll
  void stop() throws IOException {
    redis.close();
    cluster.close();
    RuntimeFolder.delete(folder);
  }

  @Test
  void everyKeyGoesToItsMasterAndManyAreReadAtOnce() {
    for (String key : KEYS) {
      redis.sync().set(key, key);
      assertThat(cluster.master(key).ask("EXISTS " + key)).contains(":1\r\n");
    }
    assertThat(KEYS.stream().map(cluster::master).distinct()).hasSize(3);
    assertThat(redis.sync().mget(KEYS.toArray(String[]::new)))
        .extracting(KeyValue::getValue)
        .isEqualTo(KEYS);
  }

  @Test
  void aScriptFollowsItsSlotWhileItMovesAndAfterwards() {
    LuaScript<Long> keep =
        LuaScript.returningInteger(redis, EmbeddedRedisClusterTest.class, "keep.lua");
    String key = "{moving}";
    int slot = SlotHash.getSlot(key);
    EmbeddedRedis from = cluster.master(key);
    EmbeddedRedis to =
        KEYS.stream().map(cluster::master).filter(it -> it != from).findFirst().orElseThrow();
    keep.run(List.of("{moving}:before"), "1");

    to.ask("CLUSTER SETSLOT %d IMPORTING %s".formatted(slot, id(from)));
    from.ask("CLUSTER SETSLOT %d MIGRATING %s".formatted(slot, id(to)));
    assertThat(keep.run(List.of("{moving}:meanwhile"), "2")).isOne();
    assertThat(keep.runAsync(List.of("{moving}:meanwhile"), "2").toCompletableFuture().join())
        .isOne();

    from.ask("DEL {moving}:before");
    for (EmbeddedRedis master : List.of(to, from)) {
      master.ask("CLUSTER SETSLOT %d NODE %s".formatted(slot, id(to)));
    }
    to.ask("SCRIPT FLUSH");
    assertThat(keep.run(List.of("{moving}:after"), "3")).isOne();
    assertThat(to.ask("MGET {moving}:meanwhile {moving}:after")).contains("\r\n2\r\n", "\r\n3\r\n");
  }

  @Test
  void whileAMasterIsAwayItsKeysFailAtOnceAndAllOthersGoOn() {
    EmbeddedRedis away = cluster.master("foo");
    String other =
        KEYS.stream().filter(key -> cluster.master(key) != away).findFirst().orElseThrow();
    redis.sync().set("foo", "kept");

    away.stop();
    for (int i = 0; i < 20; i++) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> redis.sync().get("foo")).isInstanceOf(RedisException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
      assertThat(redis.sync().set(other, "on")).isEqualTo("OK");
    }
    assertThat(redis.async().get("foo").toCompletableFuture()).failsWithin(Duration.ofSeconds(2));

    away.restart();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(RedisException.class)
        .until(() -> "kept".equals(redis.sync().get("foo")));
  }

  /// A node's id in the cluster.
  private static String id(EmbeddedRedis node) {
    return node.ask("CLUSTER MYID").split("\r\n", -1)[2];
  }
}
