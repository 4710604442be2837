package io.hongbao.push.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.UnreadMembers.Unread;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.push.PushService;
import io.hongbao.push.hook.Receiver.Post;
import io.hongbao.push.hook.Webhook.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Groups have the members 1, 2 and 3; every entry is by 1 and unread to the others.
class OfflineHookTest {

  private static final long BROKEN_GROUP = 99;
  private static final byte[] SECRET =
      "a secret of thirty-two bytes, ok".getBytes(StandardCharsets.UTF_8);
  private static final Duration SHORTLY = Duration.ofMillis(100);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Receiver receiver = new Receiver();
  private Duration settleTime = Duration.ZERO;
  private Duration timeout = Duration.ofSeconds(30);
  private final AtomicInteger outages = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : running) {
      part.close();
    }
    receiver.close();
  }

  @Test
  void tellsOnceWhatAUserMissesInAGroupMeanwhile() {
    OfflineHook first = start(Duration.ofHours(1));
    first.note(run(10, 1, 1));
    first.note(run(10, 2, 4));
    first.note(run(10, 5, 5));
    first.close();
    Post post = receiver.next();

    assertThat(post.missed()).containsExactly("user 2 group 10 to 5: 5", "user 3 group 10 to 5: 5");
    assertThat(post.json().get("type").asText()).isEqualTo("messages.missed");
    assertThat(Instant.parse(post.json().get("timestamp").asText())).isBefore(Instant.now());
    assertThat(asked).hasValue(1);
    await().until(() -> count("told") == 2);

    start(SHORTLY).note(run(10, 6, 6));
    assertThat(receiver.next().missed()).contains("user 2 group 10 to 6: 1");
    assertThat(receiver.isIdle()).isTrue();
  }

  @Test
  void signsWhatItPosts() {
    start(SHORTLY).note(run(10, 1, 1));
    Post post = receiver.next();

    assertThat(post.signature())
        .isEqualTo(new Signature(SECRET).of(post.id(), post.timestamp(), post.body()));
    assertThat(post.timestamp()).isBetween(epochSeconds() - 10, epochSeconds());
  }

  @Test
  void tellsNobodyWhoIsConnectedToAnyGateway() {
    var push = new PushService(meters);
    try (var here = push.attach(_ -> {});
        var there = push.attach(_ -> {})) {
      here.addUser(2);
      there.addUser(9);
      running.add(push.startHook(config(SHORTLY), this::members));
      push.publish(run(10, 1, 1));
      assertThat(receiver.next().missed()).containsExactly("user 3 group 10 to 1: 1");

      here.removeUser(2);
      there.addUser(3);
      push.publish(run(10, 2, 2));
      assertThat(receiver.next().missed()).containsExactly("user 2 group 10 to 2: 1");
    }
  }

  @Test
  void postsAgainUnderTheSameId() {
    receiver.answerNext(503, 429, 500);
    start(SHORTLY).note(run(10, 1, 1));
    Post first = receiver.next();

    for (int again = 0; again < 3; again++) {
      Post post = receiver.next();
      assertThat(post.id()).isEqualTo(first.id());
      assertThat(post.body()).isEqualTo(first.body());
      assertThat(post.signature())
          .isEqualTo(new Signature(SECRET).of(post.id(), post.timestamp(), post.body()));
    }
    await().until(() -> count("told") == 2);
    assertThat(count("retries")).isEqualTo(3);
  }

  @Test
  void postsAgainWhereTheReceiverIsSilent() {
    timeout = SHORTLY;
    receiver.answerNext(Receiver.SILENCE);
    start(SHORTLY).note(run(10, 1, 1));

    assertThat(receiver.next().id()).isEqualTo(receiver.next().id());
    await().until(() -> count("told") == 2);
  }

  @Test
  void dropsWhatTheReceiverRefuses() {
    receiver.answerNext(400);
    OfflineHook hook = start(SHORTLY);
    hook.note(run(10, 1, 1));
    Post refused = receiver.next();
    await().until(() -> dropped("refused") == 2);

    hook.note(run(10, 2, 2));
    Post next = receiver.next();
    assertThat(next.id()).isNotEqualTo(refused.id());
    assertThat(next.missed()).containsExactly("user 2 group 10 to 2: 1", "user 3 group 10 to 2: 1");
    assertThat(count("retries")).isZero();
  }

  @Test
  void givesUpAfterATime() {
    receiver.answerAlways(500);
    OfflineHook hook = start(SHORTLY, Duration.ofSeconds(1));
    hook.note(run(10, 1, 1));
    await().until(() -> dropped("given_up") == 2);
    assertThat(count("retries")).isPositive();

    receiver.answerAlways(204);
    hook.note(run(10, 2, 2));
    await().until(() -> count("told") == 2);
  }

  @Test
  void holdsABoundedNumberWhileTheReceiverIsAway() {
    timeout = SHORTLY;
    receiver.answerAlways(Receiver.SILENCE);
    OfflineHook hook = start(SHORTLY);
    for (long group = 1; group <= 3_000; group++) {
      hook.note(run(group, 1, 1));
    }
    await().until(() -> dropped("full") > 0);

    assertThat(meters.get("hongbao.hook.waiting").gauge().value()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void leavesOutGroupsBeyondItsBound() {
    settleTime = Duration.ofHours(1);
    OfflineHook hook = start(SHORTLY);
    for (long group = 1; group <= OfflineHook.GROUPS_MAX + 10; group++) {
      hook.note(run(group, 1, 1));
    }
    double left = dropped("unasked");
    assertThat(left).isBetween(9.0, 10.0); // one may be in the collector's hand

    hook.note(run(2, 2, 2));
    assertThat(dropped("unasked")).isEqualTo(left);
  }

  @Test
  void carriesOnWhereAskingFails() {
    OfflineHook hook = start(Duration.ofMillis(10));
    for (int i = 0; i < 20; i++) {
      hook.note(run(BROKEN_GROUP, 1, 1));
      hook.note(run(10, i, i));
      assertThat(receiver.next().missed()).contains("user 2 group 10 to %d: 1".formatted(i));
    }
  }

  @Test
  void asksForTheMembersAgain() {
    outages.set(2);
    start(SHORTLY).note(run(10, 1, 1));

    assertThat(receiver.next().missed()).hasSize(2);
    assertThat(asked).hasValue(3);
  }

  @Test
  void tellsNobodyBeforeGatewaysHadTimeToSayWhoIsConnected() {
    settleTime = Duration.ofMillis(500);
    long begun = System.nanoTime();
    start(SHORTLY).note(run(10, 1, 1));

    assertThat(receiver.next().missed()).hasSize(2);
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(settleTime.toNanos());

    settleTime = Duration.ofHours(1);
    OfflineHook early = start(SHORTLY);
    early.note(run(10, 2, 2));
    early.close();
    assertThat(receiver.isIdle()).isTrue();
    assertThat(dropped("unasked")).isEqualTo(1);
  }

  @Test
  void tellsWhatIsNotedWhenItIsClosed() {
    OfflineHook hook = start(Duration.ofHours(1));
    hook.note(run(10, 1, 1));
    hook.close();

    assertThat(receiver.next().missed()).hasSize(2);
  }

  private OfflineHook start(Duration delay) {
    return start(delay, Duration.ofMinutes(1));
  }

  private OfflineHook start(Duration delay, Duration retryFor) {
    var pause = Duration.ofMillis(10);
    var patience = new Patience(timeout, pause, pause, retryFor, 1_000);
    var hook =
        new OfflineHook(config(delay), patience, this::members, _ -> false, new HookMeters(meters));
    running.add(hook);
    return hook;
  }

  private HookConfig config(Duration delay) {
    return new HookConfig(receiver.url(), SECRET, delay, settleTime);
  }

  private CompletableFuture<Outcome<List<Unread>>> members(long groupId, long first, long last) {
    asked.incrementAndGet();
    if (groupId == BROKEN_GROUP) {
      throw new IllegalStateException("on purpose");
    }
    if (outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return CompletableFuture.completedFuture(Outcome.refused(ErrorCode.UNAVAILABLE, "away"));
    }
    int count = (int) (last - first + 1);
    return CompletableFuture.completedFuture(
        Outcome.done(List.of(new Unread(2, count, false), new Unread(3, count, false))));
  }

  private static Delivery.LogRun run(long groupId, long firstSeq, long lastSeq) {
    return new Delivery.LogRun(groupId, firstSeq, lastSeq, List.of(), Frames.of(new byte[] {'{'}));
  }

  private double count(String name) {
    return meters.counter("hongbao.hook." + name).count();
  }

  private double dropped(String reason) {
    return meters.counter("hongbao.hook.dropped", "reason", reason).count();
  }

  private static long epochSeconds() {
    return Instant.now().getEpochSecond();
  }
}
