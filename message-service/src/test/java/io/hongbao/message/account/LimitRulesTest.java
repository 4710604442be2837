package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.redis.Redis;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of limits, which Redis and one process alone count by the same.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
class LimitRulesTest {

  private static final Limit THREE_THEN_CLOSED =
      limit(3, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofSeconds(20));
  private static final Limit THREE =
      limit(3, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ZERO);
  private static final Limit THREE_BY_SECONDS =
      limit(3, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO);
  private static final Limit ONE =
      limit(1, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ZERO);

  private final Redis redis;
  private final RedisLimits shared;

  LimitRulesTest(TestServices services) {
    this.redis = Redis.open(services.redisUrl());
    this.shared = new RedisLimits(redis);
  }

  @AfterEach
  void forget() {
    redis.sync().flushdb();
  }

  /// A step: at a time, in ms from the beginning, a hit or a question, and what it is answered.
  private record Step(long atMs, boolean hit, long waitMs) {}

  private static Step hit(long atMs, long waitMs) {
    return new Step(atMs, true, waitMs);
  }

  private static Step ask(long atMs, long waitMs) {
    return new Step(atMs, false, waitMs);
  }

  private static Named<List<Step>> rule(String sentence, Step... steps) {
    return Named.of(sentence, List.of(steps));
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(
            ONE, rule("one hit is enough", ask(0, 0), hit(0, 0), hit(1, 9_999), hit(10_000, 0))),
        Arguments.of(
            THREE,
            rule(
                "the window slides: room comes as the oldest hit leaves",
                hit(0, 0),
                hit(4_000, 0),
                hit(8_000, 0),
                hit(9_000, 1_000),
                hit(9_999, 1),
                hit(10_000, 0),
                hit(10_001, 3_999),
                ask(14_000, 0))),
        Arguments.of(
            THREE,
            rule(
                "what is refused does not count",
                hit(0, 0),
                hit(0, 0),
                hit(0, 0),
                hit(5_000, 5_000),
                hit(9_000, 1_000),
                hit(10_000, 0),
                hit(10_000, 0),
                hit(10_000, 0),
                hit(10_000, 10_000))),
        Arguments.of(
            THREE,
            rule(
                "a question does not count",
                ask(0, 0),
                ask(0, 0),
                ask(0, 0),
                ask(0, 0),
                hit(0, 0))),
        Arguments.of(
            THREE_BY_SECONDS,
            rule(
                "hits of one step count until its last one is past",
                hit(0, 0),
                hit(500, 0),
                hit(999, 0),
                hit(1_000, 9_999),
                hit(10_998, 1),
                hit(10_999, 0))),
        Arguments.of(
            THREE_THEN_CLOSED,
            rule(
                "the last hit closes from its own time on",
                hit(0, 0),
                hit(5_000, 0),
                ask(9_000, 0),
                hit(9_000, 0),
                ask(9_000, 20_000),
                hit(10_000, 19_000),
                ask(28_999, 1),
                ask(29_000, 0),
                hit(29_000, 0),
                hit(29_000, 0),
                ask(29_000, 0),
                hit(29_000, 0),
                ask(29_000, 20_000))),
        Arguments.of(
            THREE_THEN_CLOSED,
            rule(
                "three in more than a window close nothing",
                hit(0, 0),
                hit(5_000, 0),
                hit(10_000, 0),
                ask(10_000, 0),
                hit(14_999, 0),
                ask(14_999, 20_000))));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdInRedis(Limit limit, List<Step> steps) {
    assertAnswers(shared, limit, steps);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdInOneProcess(Limit limit, List<Step> steps) {
    assertAnswers(new LocalLimits(), limit, steps);
  }

  private static void assertAnswers(LimitCounter counter, Limit limit, List<Step> steps) {
    long beginMs = 1_800_000_000_000L;
    for (Step step : steps) {
      long nowMs = beginMs + step.atMs();
      long waitMs =
          step.hit() ? counter.hit(limit, "subject", nowMs) : counter.ask(limit, "subject", nowMs);
      assertThat(waitMs).as("%s", step).isEqualTo(step.waitMs());
      assertThat(counter.ask(limit, "another", nowMs)).isZero();
    }
  }

  @Test
  void theSameHitCountsOnceInRedis() {
    String hit = UUID.randomUUID().toString();
    for (int i = 0; i < 5; i++) {
      assertThat(shared.run(ONE, "subject", 1_000, hit)).isZero();
    }
    String refused = UUID.randomUUID().toString();
    for (int i = 0; i < 5; i++) {
      assertThat(shared.run(ONE, "subject", 1_001, refused)).isEqualTo(9_999);
    }
  }

  @Test
  void aCountInRedisIsOneTaggedKeyThatGoesByItself() {
    shared.hit(THREE_THEN_CLOSED, "alice", 1_000);

    assertThat(redis.sync().keys("*")).containsExactly("{limit:test:alice}");
    assertThat(redis.sync().pttl("{limit:test:alice}")).isBetween(1L, 20_000L);
  }

  @Test
  void aQuestionLeavesNothingInRedis() {
    shared.ask(THREE, "alice", 1_000);
    assertThat(redis.sync().dbsize()).isZero();
  }

  @Test
  void aCountInRedisStaysSmallHoweverManyHits() {
    var wide = limit(100_000, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO);
    for (int i = 0; i < 500; i++) {
      shared.hit(wide, "alice", i * 100L);
    }
    assertThat(redis.sync().hlen("{limit:test:alice}")).isLessThanOrEqualTo(11 + 2);
  }

  @Test
  void countingGoesOnWhereRedisHasForgottenTheScript() {
    shared.hit(ONE, "alice", 1_000);
    redis.sync().scriptFlush();
    assertThat(shared.hit(ONE, "alice", 1_000)).isEqualTo(10_000);
  }

  private static Limit limit(int hitsMax, Duration window, Duration step, Duration close) {
    return new Limit("test", hitsMax, window, step, close);
  }
}
