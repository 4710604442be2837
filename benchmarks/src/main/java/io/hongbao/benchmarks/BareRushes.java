package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.hongbao.benchmarks.RedPackets.Rush;
import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Redis;
import io.hongbao.redpacket.ticket.Filling;
import io.hongbao.redpacket.ticket.Filling.Final;
import io.hongbao.redpacket.ticket.Tickets;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The places given away without a server, in the three usual ways.
final class BareRushes implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// As `grab.lua` has it.
  private static final long TICKET = 1;

  private static final int LOCK_WORKERS = 200;
  private static final long LOCK_RETRY_NANOS = 1_000_000;
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Redis redis;
  private final HikariDataSource pool;

  /// Waits as long as an ordinary client does: a crowd at a lock keeps it waiting for long.
  private final RedisClient patient;

  private final RedisCommands<String, String> locks;

  BareRushes(Redis redis, String redisUrl, HikariDataSource pool) {
    this.redis = redis;
    this.pool = pool;
    this.patient = RedisClient.create(redisUrl);
    this.locks = patient.connect().sync();
  }

  @Override
  public void close() {
    patient.shutdown();
  }

  void prepare() throws SQLException {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS bare_packet");
      statement.execute("DROP TABLE IF EXISTS bare_claim");
      statement.execute(
          "CREATE TABLE bare_packet (packet_id BIGINT PRIMARY KEY, taken INT NOT NULL)");
      statement.execute(
          "CREATE TABLE bare_claim (packet_id BIGINT, user_id BIGINT, PRIMARY KEY (packet_id,"
              + " user_id))");
      connection.commit();
    }
  }

  Rush script(long packetId) {
    return scripts(1, packetId);
  }

  /// @param firstId of the packets; the others follow
  Rush scripts(int packets, long firstId) {
    var tickets = new Tickets(redis, Runnable::run);
    var script = LuaScript.returningList(redis, Tickets.class, "grab.lua");
    var filling = new Filling(1, RedPackets.PLACES, Final.OPEN, List.of());
    for (int i = 0; i < packets; i++) {
      var _ =
          tickets.load(firstId + i, filling, Duration.ofMinutes(1)).toCompletableFuture().join();
    }
    var won = new AtomicInteger();
    var lastWin = new AtomicLong();
    long begin = System.nanoTime();
    var places = new Semaphore(RedPackets.IN_FLIGHT);
    for (long user = 1; user <= RedPackets.CONTENDERS; user++) {
      for (int i = 0; i < packets; i++) {
        places.acquireUninterruptibly();
        var _ =
            script
                .runAsync(Tickets.keys(firstId + i), Long.toString(user))
                .thenAccept(
                    answer -> {
                      if (answer.get(1).equals(TICKET)) {
                        won.incrementAndGet();
                        lastWin.set(System.nanoTime());
                      }
                      places.release();
                    });
      }
    }
    places.acquireUninterruptibly(RedPackets.IN_FLIGHT);
    return rush(won, begin, lastWin);
  }

  Rush conditionalUpdate(long packetId)
      throws SQLException, InterruptedException, ExecutionException {
    return rush(packetId, CONNECTIONS, user -> claim(packetId, user));
  }

  Rush locked(long packetId) throws SQLException, InterruptedException, ExecutionException {
    String lock = "bare:lock:" + packetId;
    return rush(
        packetId,
        LOCK_WORKERS,
        user -> {
          String owner = Long.toString(user);
          while (!"OK".equals(locks.set(lock, owner, SetArgs.Builder.nx().px(LEASE.toMillis())))) {
            LockSupport.parkNanos(LOCK_RETRY_NANOS);
          }
          try {
            return claim(packetId, user);
          } finally {
            locks.del(lock);
          }
        });
  }

  @FunctionalInterface
  private interface Claim {
    boolean take(long user) throws SQLException;
  }

  private Rush rush(long packetId, int workers, Claim claim)
      throws SQLException, InterruptedException, ExecutionException {
    try (Connection connection = pool.getConnection();
        var insert = connection.prepareStatement("INSERT INTO bare_packet VALUES (?, 0)")) {
      insert.setLong(1, packetId);
      insert.executeUpdate();
      connection.commit();
    }
    var won = new AtomicInteger();
    var lastWin = new AtomicLong();
    long begin = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(workers)) {
      var done = new ArrayList<Future<?>>();
      for (long user = 1; user <= RedPackets.CONTENDERS; user++) {
        long contender = user;
        done.add(
            threads.submit(
                () -> {
                  if (claim.take(contender)) {
                    won.incrementAndGet();
                    lastWin.set(System.nanoTime());
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    return rush(won, begin, lastWin);
  }

  private boolean claim(long packetId, long user) throws SQLException {
    try (Connection connection = pool.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE bare_packet SET taken = taken + 1 WHERE packet_id = ? AND taken < "
                    + RedPackets.PLACES);
        var insert = connection.prepareStatement("INSERT INTO bare_claim VALUES (?, ?)")) {
      update.setLong(1, packetId);
      boolean won = update.executeUpdate() == 1;
      if (won) {
        insert.setLong(1, packetId);
        insert.setLong(2, user);
        insert.executeUpdate();
      }
      connection.commit();
      return won;
    }
  }

  private static Rush rush(AtomicInteger won, long begin, AtomicLong lastWin) {
    double ended = (System.nanoTime() - begin) / 1e9;
    return new Rush(won.get(), (lastWin.get() - begin) / 1e9, ended, ended);
  }
}
