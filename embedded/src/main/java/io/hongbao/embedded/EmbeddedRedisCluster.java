package io.hongbao.embedded;

import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A Redis Cluster for tests: three masters without replicas, each with a third of the slots.
public final class EmbeddedRedisCluster implements AutoCloseable {

  private static final int MASTERS = 3;

  /// Until the masters have met and take commands, which they don't in their first two seconds.
  private static final Duration MEETING_TIME = Duration.ofSeconds(30);

  private static final Duration PROBE_PAUSE = Duration.ofMillis(15);
  private static final String ALL_SLOTS_OK = "cluster_slots_ok:" + SlotHash.SLOT_COUNT + "\r\n";

  private final List<EmbeddedRedis> masters = new ArrayList<>();
  private final String password;

  private EmbeddedRedisCluster(String password) {
    this.password = password;
  }

  /// Returns when every key can be written.
  ///
  /// @param folder for data and logs; empty
  /// @param password letters and digits
  /// @throws EmbeddedStartException where it doesn't start, with the reason
  public static EmbeddedRedisCluster start(RuntimeFolder runtime, Path folder, String password) {
    var cluster = new EmbeddedRedisCluster(password);
    try {
      for (int i = 0; i < MASTERS; i++) {
        Path data = folder.resolve("master-" + i);
        cluster.masters.add(EmbeddedRedis.startNode(runtime, data, password));
      }
      cluster.meet();
      cluster.awaitMeeting();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// Names all masters.
  public String url() {
    return masters.stream()
        .map(master -> "127.0.0.1:" + master.port())
        .collect(Collectors.joining(",", "redis-cluster://:" + password + "@", ""));
  }

  /// The master that holds a key.
  public EmbeddedRedis master(String key) {
    return masters.get(SlotHash.getSlot(key) * MASTERS / SlotHash.SLOT_COUNT);
  }

  /// Forgets all keys.
  public void flush() {
    masters.forEach(master -> master.ask("FLUSHALL"));
  }

  private void meet() {
    for (int i = 0; i < MASTERS; i++) {
      EmbeddedRedis master = masters.get(i);
      master.ask("CLUSTER ADDSLOTSRANGE %d %d".formatted(firstSlot(i), firstSlot(i + 1) - 1));
      for (EmbeddedRedis other : masters.subList(0, i)) {
        master.ask("CLUSTER MEET 127.0.0.1 %d %d".formatted(other.port(), other.busPort()));
      }
    }
  }

  private static int firstSlot(int master) {
    return Math.ceilDiv(master * SlotHash.SLOT_COUNT, MASTERS);
  }

  private void awaitMeeting() {
    long deadline = System.nanoTime() + MEETING_TIME.toNanos();
    while (!masters.stream().allMatch(EmbeddedRedisCluster::isReady)) {
      if (System.nanoTime() > deadline) {
        throw new EmbeddedStartException(
            "the masters did not meet within %d s: %s"
                .formatted(MEETING_TIME.toSeconds(), masters.getFirst().ask("CLUSTER INFO")));
      }
      pause();
    }
  }

  private static boolean isReady(EmbeddedRedis master) {
    String info = master.ask("CLUSTER INFO");
    return info.contains("cluster_state:ok") && info.contains(ALL_SLOTS_OK);
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PROBE_PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("interrupted", e);
    }
  }

  @Override
  public void close() {
    masters.forEach(EmbeddedRedis::close);
  }
}
