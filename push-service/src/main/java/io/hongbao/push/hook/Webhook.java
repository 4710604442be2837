package io.hongbao.push.hook;

import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts what users have missed, in batches, signed as Standard Webhooks have it.
///
/// A batch keeps its id, whatever it takes to deliver it: what fails by the wire, by a timeout, 429
/// or 5xx is posted again after a growing, jittered pause, for [Patience#retryFor] at most. What
/// comes meanwhile waits, the same user and group as one, [Patience#waitingMax] of them. At the end
/// what waits is posted once.
final class Webhook implements AutoCloseable {

  static final int BATCH_MAX = 500;

  /// Posts at once, so that one batch that the receiver fails on does not hold all others up.
  private static final int SENDERS = 4;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  /// @param timeout for one post
  /// @param firstPause before the second try; doubled after each, up to `pauseMax`
  record Patience(
      Duration timeout, Duration firstPause, Duration pauseMax, Duration retryFor, int waitingMax) {

    static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            100_000);
  }

  private final URI url;
  private final Signature signature;
  private final Patience patience;
  private final HookMeters meters;
  private final MissedQueue queue;
  private final HttpClient client;
  private final List<Thread> senders = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean fullSaid = new AtomicBoolean();
  private final AtomicBoolean failureSaid = new AtomicBoolean();

  Webhook(HookConfig config, Patience patience, HookMeters meters) {
    this.url = config.url();
    this.signature = new Signature(config.secret());
    this.patience = patience;
    this.meters = meters;
    this.queue = new MissedQueue(patience.waitingMax());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.timeout())
            .build();
    meters.watch(queue);
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofVirtual().name("hook-", i).start(this::send));
    }
  }

  private record Body(String type, String timestamp, Data data) {}

  private record Data(List<Missed> missed) {}

  private enum Answer {
    TAKEN,
    REFUSED,
    FAILED
  }

  /// Returns at once.
  void post(List<Missed> missed) {
    int dropped = queue.add(missed);
    meters.full(dropped);
    if (dropped > 0 && fullSaid.compareAndSet(false, true)) {
      LOG.warn("the offline hook's queue is full, dropping the oldest host={}", url.getHost());
    }
  }

  @Override
  public void close() {
    queue.close();
    closing.countDown();
    long deadline = System.nanoTime() + CLOSE_TIME.toNanos();
    try {
      for (Thread sender : senders) {
        if (!sender.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          sender.interrupt();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }

  private void send() {
    try {
      for (var batch = queue.take(BATCH_MAX); !batch.isEmpty(); batch = queue.take(BATCH_MAX)) {
        deliverGuarded(batch);
      }
    } catch (InterruptedException _) {
      // it is the end
    }
  }

  private void deliverGuarded(List<Missed> batch) throws InterruptedException {
    try {
      deliver(batch);
    } catch (RuntimeException e) {
      LOG.error("bug in posting what users have missed", e);
      meters.givenUp(batch.size());
    }
  }

  private void deliver(List<Missed> batch) throws InterruptedException {
    String id = "msg_" + UUID.randomUUID();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    byte[] body = Json.bytes(new Body("messages.missed", now.toString(), new Data(batch)));
    long begun = System.nanoTime();
    long pauseMs = patience.firstPause().toMillis();
    for (; ; ) {
      switch (post(id, body)) {
        case TAKEN -> {
          meters.told(batch.size());
          fullSaid.set(false);
          failureSaid.set(false);
          return;
        }
        case REFUSED -> {
          meters.refused(batch.size());
          return;
        }
        case FAILED -> {
          boolean late = System.nanoTime() - begun > patience.retryFor().toNanos();
          if (late || closing.await(jittered(pauseMs), TimeUnit.MILLISECONDS)) {
            meters.givenUp(batch.size());
            return;
          }
          meters.retried();
          pauseMs = Math.min(2 * pauseMs, patience.pauseMax().toMillis());
        }
      }
    }
  }

  private static long jittered(long pauseMs) {
    return pauseMs / 2 + ThreadLocalRandom.current().nextLong(pauseMs / 2 + 1);
  }

  private Answer post(String id, byte[] body) throws InterruptedException {
    long timestamp = Instant.now().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(timestamp))
            .header("webhook-signature", signature.of(id, timestamp, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      int status = response.get(patience.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      Answer answer = answer(status);
      if (answer != Answer.TAKEN) {
        say("status=" + status);
      }
      return answer;
    } catch (ExecutionException e) {
      say(e.getCause() instanceof IOException wire ? "reason=" + wire : "reason=" + e);
    } catch (TimeoutException _) {
      say("reason=timeout");
    } finally {
      var _ = response.cancel(true);
    }
    return Answer.FAILED;
  }

  private static Answer answer(int status) {
    if (status >= 200 && status < 300) {
      return Answer.TAKEN;
    }
    return status == TOO_MANY_REQUESTS || status >= 500 ? Answer.FAILED : Answer.REFUSED;
  }

  /// Once, until the receiver takes something again.
  private void say(String what) {
    if (failureSaid.compareAndSet(false, true)) {
      LOG.warn("the offline hook's receiver does not take it host={} {}", url.getHost(), what);
    }
  }
}
