package io.hongbao.push.hook;

import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.contract.UnreadMembers.Unread;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a webhook which members, connected nowhere, have missed something.
///
/// Whoever publishes only notes which entries a group has got. A delay after the first of them the
/// group's members are asked for, once for all entries since, and those who are not connected are
/// told; not before gateways had the time to say who is connected, though. What is lost when this
/// process dies is the telling, never the messages.
public final class OfflineHook implements AutoCloseable {

  /// Groups with entries that nobody was told of yet.
  static final int GROUPS_MAX = 100_000;

  /// How long a group's members are asked for again where they cannot be had.
  static final Duration ASK_FOR = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(OfflineHook.class);

  private static final int ASKED_AT_ONCE = 16;
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);
  private static final long END = 0;

  private record Span(long firstSeq, long lastSeq, long sinceNanos) {

    Span and(Span other) {
      return new Span(
          Math.min(firstSeq, other.firstSeq),
          Math.max(lastSeq, other.lastSeq),
          sinceNanos - other.sinceNanos < 0 ? sinceNanos : other.sinceNanos);
    }
  }

  /// Times ascend, as the delay is the same for all.
  private record Due(long groupId, long atNanos) {}

  private final long delayNanos;
  private final long settledNanos;
  private final UnreadMembers members;
  private final LongPredicate isConnected;
  private final Webhook webhook;
  private final HookMeters meters;
  private final Map<Long, Span> spans = new ConcurrentHashMap<>();
  private final BlockingQueue<Due> due = new LinkedBlockingQueue<>();
  private final Semaphore asking = new Semaphore(ASKED_AT_ONCE);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread collector;

  /// @param isConnected whether a user has a session anywhere
  public OfflineHook(
      HookConfig config, UnreadMembers members, LongPredicate isConnected, HookMeters meters) {
    this(config, Webhook.Patience.DEFAULT, members, isConnected, meters);
  }

  OfflineHook(
      HookConfig config,
      Webhook.Patience patience,
      UnreadMembers members,
      LongPredicate isConnected,
      HookMeters meters) {
    this.delayNanos = config.delay().toNanos();
    this.settledNanos = System.nanoTime() + config.settleTime().toNanos();
    this.members = members;
    this.isConnected = isConnected;
    this.meters = meters;
    this.webhook = new Webhook(config, patience, meters);
    this.collector = Thread.ofVirtual().name("hook").start(this::collect);
  }

  /// Returns at once.
  public void note(LogRun run) {
    if (run.frames().count() > 0 && closing.getCount() > 0) {
      note(run.groupId(), new Span(run.firstSeq(), run.lastSeq(), System.nanoTime()));
    }
  }

  /// Tells what was noted, without the delay.
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    due.add(new Due(END, System.nanoTime()));
    try {
      if (!collector.join(CLOSE_TIME)
          || !asking.tryAcquire(ASKED_AT_ONCE, CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        collector.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    webhook.close();
  }

  private void note(long groupId, Span span) {
    if (due.size() >= GROUPS_MAX && !spans.containsKey(groupId)) {
      meters.unasked();
    } else {
      spans.compute(
          groupId, (_, before) -> before == null ? first(groupId, span) : before.and(span));
    }
  }

  private Span first(long groupId, Span span) {
    long untilSettled = settledNanos - System.nanoTime();
    due.add(new Due(groupId, System.nanoTime() + Math.max(delayNanos, untilSettled)));
    return span;
  }

  private void collect() {
    try {
      for (Due next = due.take(); next.groupId != END; next = due.take()) {
        var _ = closing.await(next.atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (settledNanos - System.nanoTime() > 0) {
          meters.unasked(); // it ends before anyone knows who is connected
        } else {
          asking.acquire();
          ask(next.groupId);
        }
      }
    } catch (InterruptedException _) {
      // it is the end
    }
  }

  private void ask(long groupId) {
    Span span = spans.remove(groupId);
    if (span == null) {
      asking.release();
      return;
    }
    var _ =
        CompletableFuture.completedFuture(span)
            .thenCompose(of -> members.of(groupId, of.firstSeq, of.lastSeq))
            .whenComplete(
                (outcome, failure) -> {
                  if (failure != null) {
                    LOG.error("bug in asking whom a group's entries concern", failure);
                  }
                  try {
                    answered(groupId, span, outcome);
                  } finally {
                    asking.release();
                  }
                });
  }

  private void answered(long groupId, Span span, @Nullable Outcome<List<Unread>> outcome) {
    if (outcome instanceof Done<List<Unread>>(List<Unread> all)) {
      tell(groupId, span.lastSeq, all);
    } else if (System.nanoTime() - span.sinceNanos > ASK_FOR.toNanos() || closing.getCount() == 0) {
      meters.unasked();
    } else {
      note(groupId, span);
    }
  }

  private void tell(long groupId, long lastSeq, List<Unread> all) {
    var missed = new ArrayList<Missed>();
    for (Unread unread : all) {
      if (!isConnected.test(unread.userId())) {
        missed.add(
            new Missed(unread.userId(), groupId, lastSeq, unread.count(), unread.mentioned()));
      }
    }
    if (!missed.isEmpty()) {
      webhook.post(missed);
    }
  }
}
