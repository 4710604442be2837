package io.hongbao.redpacket.settle;

import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.store.Store;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loops that carry on what was left: one is woken by the bell and carries out the outbox, one
/// asks the outbox and looks for packets whose time is over.
public final class Workers implements AutoCloseable {

  /// How often the outbox and the packets are asked: what the bell did not tell waits so long.
  static final Duration PAUSE = Duration.ofMillis(200);

  /// Packets with tasks, and those whose time is over, that are asked for at once.
  static final int AT_ONCE_MAX = 200;

  private static final Duration END_TIME = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  private final Store store;
  private final Queries queries;
  private final Courier courier;
  private final Doorbell bell;
  private final LongConsumer expire;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread listening =
      Thread.ofVirtual().name("redpacket-bell").unstarted(this::listen);
  private final Thread asking = Thread.ofVirtual().name("redpacket-poll").unstarted(this::ask);

  private Workers(
      Store store, Queries queries, Courier courier, Doorbell bell, LongConsumer expire) {
    this.store = store;
    this.queries = queries;
    this.courier = courier;
    this.bell = bell;
    this.expire = expire;
  }

  /// @param expire lets a packet's writer note that its time is over
  public static Workers start(
      Store store, Queries queries, Courier courier, Doorbell bell, LongConsumer expire) {
    var started = new Workers(store, queries, courier, bell, expire);
    started.listening.start();
    started.asking.start();
    return started;
  }

  /// Ends after the tasks in hand.
  @Override
  public void close() {
    closing.countDown();
    try {
      boolean heard = listening.join(END_TIME);
      boolean asked = asking.join(END_TIME);
      if (!heard || !asked) {
        log.warn("a worker did not end in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    bell.close();
  }

  private void listen() {
    while (closing.getCount() > 0) {
      try {
        deliver(bell.listen(PAUSE));
      } catch (RedisException _) {
        pause(); // the other loop does it all
      } catch (RuntimeException e) {
        log.warn("could not carry out what was rung for", e);
        pause();
      }
    }
  }

  private void ask() {
    boolean failed = false;
    while (!pause()) {
      try {
        deliver(store.transact(tables -> tables.outbox().due(tables.now(), AT_ONCE_MAX)));
        store
            .transact(tables -> tables.packets().due(tables.now(), AT_ONCE_MAX))
            .forEach(expire::accept);
        failed = false;
      } catch (RuntimeException e) {
        if (!failed) {
          log.warn("could not ask for what is due", e);
        }
        failed = true;
      }
    }
  }

  private void deliver(List<Long> packetIds) {
    CompletableFuture<?>[] deliveries =
        new LinkedHashSet<>(packetIds)
            .stream()
                .map(
                    packetId ->
                        CompletableFuture.runAsync(
                            () -> courier.deliver(packetId), queries.threads()))
                .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(deliveries).join();
  }

  /// Whether the end has come.
  private boolean pause() {
    try {
      return closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
