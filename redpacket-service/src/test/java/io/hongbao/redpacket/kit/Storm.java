package io.hongbao.redpacket.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A crowd that grabs and opens one packet until each of them has had its last word, whatever fails
/// in between.
public final class Storm {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<TestPackets> services;
  private final long packetId;
  private final Map<Long, Long> opened = new ConcurrentHashMap<>();
  private final Map<Long, String> nothing = new ConcurrentHashMap<>();
  private final AtomicInteger grabbed = new AtomicInteger();
  private final CountDownLatch firstPlace = new CountDownLatch(1);

  public Storm(List<TestPackets> services, long packetId) {
    this.services = services;
    this.packetId = packetId;
  }

  /// Returns when everybody knows.
  public void run(List<Long> users) throws Exception {
    var done = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < users.size(); i++) {
        int first = i % services.size();
        long user = users.get(i);
        done.add(threads.submit(() -> goThrough(first, user)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  /// Does it once the first one has a place.
  public CompletableFuture<Void> disturb(Runnable trouble) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            assertThat(firstPlace.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          trouble.run();
        });
  }

  private void goThrough(int first, long user) {
    JsonNode grab = insist(first, user, "redpacket.grab");
    if (!grab.get("status").asText().equals("grabbed")) {
      nothing.put(user, grab.get("status").asText());
      return;
    }
    grabbed.incrementAndGet();
    firstPlace.countDown();
    JsonNode open = insist(first, user, "redpacket.open");
    assertThat(open.get("status").asText()).isEqualTo("opened");
    opened.put(user, open.get("amountFen").asLong());
  }

  /// Asks one service, and the next where that is not available.
  private JsonNode insist(int first, long user, String op) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int at = first;
    while (System.nanoTime() - deadline < 0) {
      Reply reply = services.get(at).claim(user, op, packetId).join();
      switch (reply) {
        case Reply.Success _ -> {
          return TestPackets.data(reply);
        }
        case Reply.Failure(Refusal refusal) -> {
          assertThat(refusal.code()).isIn(ErrorCode.RATE_LIMITED, ErrorCode.UNAVAILABLE);
          at = refusal.code() == ErrorCode.UNAVAILABLE ? (at + 1) % services.size() : at;
          Long wait = refusal.retryAfterMs();
          LockSupport.parkNanos(Duration.ofMillis(wait == null ? 100 : wait).toNanos());
        }
      }
    }
    throw new AssertionError("no last word for " + user);
  }

  /// What each winner was told.
  public Map<Long, Long> opened() {
    return opened;
  }

  /// What the others were told.
  public Map<Long, String> nothing() {
    return nothing;
  }

  /// Every place has one owner, every fen is opened, and what was told is so.
  public void assertWhole(long totalFen, int count) {
    assertThat(grabbed).hasValue(count);
    assertThat(opened).hasSize(count);
    assertThat(opened.values().stream().mapToLong(it -> it).sum()).isEqualTo(totalFen);
    assertThat(nothing.values()).containsOnly("empty");
    TestPackets any = services.getFirst();
    opened.forEach(
        (user, amount) ->
            assertThat(any.open(user, packetId).get("amountFen").asLong()).isEqualTo(amount));
  }
}
