package io.hongbao.redpacket.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.ticket.Filling.Final;
import io.hongbao.redpacket.ticket.Ticket.Result;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the three scripts answer, on a real Redis.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ScriptsTest {

  private static final Duration KEPT = Duration.ofMinutes(1);

  /// Beyond what a double holds exactly.
  private static final long USER = 9_007_199_254_740_993L;

  private Redis redis;
  private Tickets tickets;
  private long packetId;

  @BeforeAll
  void start(TestServices services) {
    redis = Redis.open(services.redisUrl());
    tickets = new Tickets(redis, Thread::startVirtualThread);
  }

  @BeforeEach
  void nextPacket() {
    packetId++;
  }

  @AfterAll
  void stop() {
    redis.close();
  }

  @Test
  void knowsNothingBeforeItIsFilled() {
    assertThat(grab(USER)).isEqualTo(new Ticket(Result.NOT_LOADED, 0));
  }

  @Test
  void handsOutAsManyTicketsAsPlacesAndOneToEachUser() {
    assertThat(load(1, 2, Final.OPEN)).isTrue();

    assertThat(grab(USER)).isEqualTo(new Ticket(Result.TICKET, 1));
    assertThat(grab(USER)).isEqualTo(new Ticket(Result.TICKET, 1));
    assertThat(grab(USER + 1).result()).isEqualTo(Result.TICKET);
    assertThat(grab(USER + 2).result()).isEqualTo(Result.BUSY);
    assertThat(grab(USER).result()).isEqualTo(Result.TICKET);
  }

  @Test
  void anOlderOrEqualFillingChangesNothing() {
    assertThat(load(2, 1, Final.OPEN)).isTrue();
    var _ = grab(USER);

    assertThat(load(2, 5, Final.OPEN)).isFalse();
    assertThat(load(1, 5, Final.OPEN)).isFalse();
    assertThat(grab(USER + 1).result()).isEqualTo(Result.BUSY);
    assertThat(load(3, 1, Final.OPEN)).isTrue();
    assertThat(grab(USER + 1)).isEqualTo(new Ticket(Result.TICKET, 3));
  }

  @Test
  void aFinalFillingAnswersTheTakersAndRefusesAllOthersForEver() {
    assertThat(load(1, 2, Final.OPEN)).isTrue();

    assertThat(load(1, 0, Final.EMPTY, USER)).isTrue();

    assertThat(grab(USER).result()).isEqualTo(Result.TICKET);
    assertThat(grab(USER + 1).result()).isEqualTo(Result.EMPTY);
    assertThat(load(9, 2, Final.OPEN)).isFalse();
    assertThat(grab(USER + 1).result()).isEqualTo(Result.EMPTY);
  }

  @Test
  void saysWhenTheTimeIsOver() {
    assertThat(load(1, 0, Final.EXPIRED)).isTrue();

    assertThat(grab(USER).result()).isEqualTo(Result.EXPIRED);
  }

  @Test
  void aTicketIsGivenBackOnceAndOnlyToItsFilling() {
    assertThat(load(1, 1, Final.OPEN)).isTrue();
    var _ = grab(USER);

    assertThat(release(USER, 2)).isFalse();
    assertThat(release(USER, 1)).isTrue();
    assertThat(release(USER, 1)).isFalse();
    assertThat(grab(USER + 1).result()).isEqualTo(Result.TICKET);
    assertThat(grab(USER).result()).isEqualTo(Result.BUSY);
  }

  @Test
  void takesMoreUsersThanFitOnTheStack() {
    List<Long> users = LongStream.range(0, 20_000).boxed().toList();

    assertThat(
            tickets
                .load(packetId, new Filling(1, 0, Final.EMPTY, users), KEPT)
                .toCompletableFuture()
                .join())
        .isTrue();
    assertThat(grab(19_999).result()).isEqualTo(Result.TICKET);
  }

  @Test
  void worksOnAfterTheScriptsWereForgotten() {
    assertThat(load(1, 1, Final.OPEN)).isTrue();
    redis.sync().scriptFlush();

    assertThat(grab(USER).result()).isEqualTo(Result.TICKET);
  }

  @Test
  void whatItKeepsGoesByItself() {
    assertThat(load(1, 1, Final.OPEN)).isTrue();
    var _ = grab(USER);

    for (String key : Tickets.keys(packetId)) {
      assertThat(redis.sync().pttl(key)).isBetween(1L, KEPT.toMillis());
    }
  }

  @Test
  void asksTogetherForAllWhoComeWhileAnAnswerIsUnderWay() throws InterruptedException {
    assertThat(load(1, 100, Final.OPEN)).isTrue();
    var tasks = new LinkedBlockingQueue<Runnable>();
    var crowded = new Tickets(redis, tasks::add);

    List<CompletableFuture<Ticket>> answers =
        LongStream.range(0, 2 * Tickets.USERS_MAX + 1)
            .mapToObj(user -> crowded.grab(packetId, user).toCompletableFuture())
            .toList();
    assertThat(tasks).as("who asks first asks for all").hasSize(1);
    long calls = scriptCalls();
    while (!answers.getLast().isDone()) {
      tasks.take().run();
    }

    assertThat(scriptCalls() - calls).isEqualTo(3);
    assertThat(answers.stream().map(answer -> answer.join().result()).toList())
        .startsWith(Collections.nCopies(100, Result.TICKET).toArray(Result[]::new))
        .areExactly(100, new Condition<>(Result.TICKET::equals, "tickets"))
        .areExactly(answers.size() - 100, new Condition<>(Result.BUSY::equals, "turned away"));
  }

  @Test
  void nobodyWaitsForeverOnceThereAreNoThreads() throws InterruptedException {
    var tasks = new ArrayBlockingQueue<Runnable>(1);
    var closing =
        new Tickets(
            redis,
            task -> {
              if (!tasks.offer(task)) {
                throw new RejectedExecutionException();
              }
            });
    CompletableFuture<Ticket> asked = closing.grab(packetId, 1).toCompletableFuture();
    CompletableFuture<Ticket> behind = closing.grab(packetId, 2).toCompletableFuture();

    Runnable first = tasks.take();
    tasks.add(() -> {});
    first.run();

    assertThat(asked.join().result()).isEqualTo(Result.AWAY);
    assertThat(behind.join().result()).isEqualTo(Result.AWAY);
    assertThat(closing.grab(packetId, 3).toCompletableFuture().join().result())
        .isEqualTo(Result.AWAY);
  }

  /// How often Redis, or all of a cluster, has run a script by its digest.
  private long scriptCalls() {
    return redis.masters().stream()
        .mapToLong(
            master -> {
              Matcher calls =
                  Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                      .matcher(master.sync().get().info("commandstats"));
              return calls.find() ? Long.parseLong(calls.group(1)) : 0;
            })
        .sum();
  }

  private Ticket grab(long userId) {
    return tickets.grab(packetId, userId).toCompletableFuture().join();
  }

  private boolean load(int epoch, int places, Final end, Long... takers) {
    return tickets
        .load(packetId, new Filling(epoch, places, end, List.of(takers)), KEPT)
        .toCompletableFuture()
        .join();
  }

  private boolean release(long userId, int epoch) {
    return tickets.release(packetId, userId, epoch).toCompletableFuture().join();
  }
}
