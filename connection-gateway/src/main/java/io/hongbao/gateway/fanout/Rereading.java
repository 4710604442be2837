package io.hongbao.gateway.fanout;

import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Memberships.Membership;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes this node whole again after deliveries may have been lost: reads anew which groups each
/// user with a session here is in and how far their logs are, puts connections into rooms and takes
/// them out, and tells `resync` where entries were missed. Signals are not made good: what they
/// tell is seen with the next look at it.
///
/// At most [#AT_ONCE] users are read at a time, so that a node with many of them does not keep the
/// message service from its work. A user whose groups change meanwhile, or who is just opening a
/// session, is read again; so is one whom the message service cannot tell of. What is lost while
/// all are read makes them be read once more.
public final class Rereading implements AutoCloseable {

  static final int AT_ONCE = 16;

  /// Losses that belong together come within it, and what was being committed is there after it.
  private static final Duration DELAY = Duration.ofMillis(500);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
  private static final long ANSWER_SECONDS_MAX = 10;
  private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

  private final Collection<Hub> hubs;
  private final Memberships memberships;
  private final AtomicBoolean due = new AtomicBoolean();
  private final ReentrantLock running = new ReentrantLock();
  private final Semaphore atOnce = new Semaphore(AT_ONCE);
  private volatile boolean closed;

  public Rereading(Collection<Hub> hubs, Memberships memberships) {
    this.hubs = hubs;
    this.memberships = memberships;
  }

  /// Returns at once; any thread.
  public void begin() {
    if (due.compareAndSet(false, true)) {
      Thread.ofVirtual().name("rereading").start(this::readAll);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void readAll() {
    running.lock();
    try (var users = Executors.newVirtualThreadPerTaskExecutor()) {
      Thread.sleep(DELAY);
      due.set(false);
      int count = 0;
      for (Hub hub : hubs) {
        for (long userId : onLoop(hub, hub::userIds)) {
          users.execute(() -> read(hub, userId));
          count++;
        }
      }
      LOG.info("deliveries may have been lost, users whose groups are read anew: {}", count);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.error("groups could not be read anew", e);
    } finally {
      running.unlock();
    }
  }

  private void read(Hub hub, long userId) {
    try {
      while (!closed && !isRead(hub, userId)) {
        Thread.sleep(BETWEEN_TRIES);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRead(Hub hub, long userId) throws InterruptedException {
    atOnce.acquire();
    try {
      onLoop(hub, () -> hub.watchChangesOf(userId));
      List<Membership> groups =
          memberships
              .groupsOf(userId)
              .toCompletableFuture()
              .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
      return onLoop(hub, () -> hub.takeOver(userId, groups));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debug("a user's groups could not be read anew, userId={}", userId, e);
      return false;
    } finally {
      atOnce.release();
    }
  }

  private static <T> T onLoop(Hub hub, Supplier<T> step)
      throws InterruptedException, ExecutionException, TimeoutException {
    var result = new CompletableFuture<T>();
    hub.execute(
        () -> {
          try {
            result.complete(step.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
