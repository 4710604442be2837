package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// At 10 a second with a burst of 5, told the time.
class RequestLimitTest {

  private static final long MS = 1_000_000;

  private final RequestLimit.Rate rate = RequestLimit.Rate.of(10, 5);
  private final RequestLimit limit = new RequestLimit(0);

  @Test
  void admitsTheBurstAtOnce() {
    for (int i = 0; i < 5; i++) {
      assertThat(limit.take(rate, 0)).isZero();
    }
    assertThat(limit.take(rate, 0)).isPositive();
  }

  @Test
  void tellsHowLongTheNextTokenTakes() {
    takeAll(0);
    assertThat(limit.take(rate, 0)).isBetween(100L, 101L);
    assertThat(limit.take(rate, 60 * MS)).isBetween(40L, 41L);
    assertThat(limit.take(rate, 100 * MS)).isZero();
    assertThat(limit.take(rate, 100 * MS)).isPositive();
  }

  @Test
  void fillsUpToTheBurstOnly() {
    takeAll(0);
    takeAll(3_600_000 * MS);
    assertThat(limit.take(rate, 3_600_000 * MS)).isPositive();
  }

  @Test
  void admitsTheRateForEver() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.take(rate, i * 100L * MS)).isZero();
    }
  }

  @Test
  void countsAsIgnoredAfterTwiceTheBurstOfRefusals() {
    takeAll(0);
    for (int i = 0; i < 10; i++) {
      limit.take(rate, 0);
      assertThat(limit.isIgnored(rate)).isFalse();
    }
    limit.take(rate, 0);
    assertThat(limit.isIgnored(rate)).isTrue();
  }

  @Test
  void forgivesWhoAsksALittleTooOften() {
    for (int i = 0; i < 2_000; i++) {
      limit.take(rate, i * 90L * MS);
      assertThat(limit.isIgnored(rate)).isFalse();
    }
  }

  @Test
  void doesNotForgiveASteadyFlood() {
    int asked = 0;
    while (!limit.isIgnored(rate) && asked < 1_000) {
      limit.take(rate, asked++ * 10L * MS);
    }
    assertThat(asked).isLessThan(100);
  }

  private void takeAll(long now) {
    for (int i = 0; i < 5; i++) {
      assertThat(limit.take(rate, now)).isZero();
    }
  }
}
