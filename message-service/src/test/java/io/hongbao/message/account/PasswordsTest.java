package io.hongbao.message.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final PasswordHash HASHING = PasswordHash.of("argon2id:m=64,t=1,p=1");

  @Test
  void nobodysHashLooksLikeAnyOther() {
    var passwords = new Passwords(HASHING);
    assertThat(HASHING.isCurrent(passwords.nobodysHash())).isTrue();
  }

  @Test
  void refusesBeyondTheLineAndServesWhoStandsInIt() throws Exception {
    var passwords = new Passwords(HASHING, 1, 2);
    passwords.nobodysHash();
    var door = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var served = new ArrayList<Future<Outcome<String>>>();
      served.add(
          callers.submit(
              () ->
                  passwords.turn(
                      () -> {
                        entered.countDown();
                        awaitUninterruptibly(door);
                        return Outcome.done("first");
                      })));
      entered.await();
      var waiting = new AtomicInteger();
      for (int i = 0; i < 2; i++) {
        served.add(callers.submit(() -> inLine(passwords, waiting)));
      }
      await().until(() -> waiting.get() == 2 && passwords.waiting() == 2);

      assertThat(passwords.hash("password"))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(refused.refusal().retryAfterMs()).isPositive();
              });

      door.countDown();
      for (Future<Outcome<String>> one : served) {
        assertThat(one.get()).isInstanceOf(Done.class);
      }
    }
  }

  @Test
  void hashesOnAsManyThreadsAsAllowed() throws Exception {
    var passwords = new Passwords(HASHING, 2, 100);
    passwords.nobodysHash();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Outcome<Boolean>>>();
      for (int i = 0; i < 40; i++) {
        String password = "password" + i;
        all.add(
            callers.submit(
                () ->
                    passwords.turn(
                        () -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          assertThat(Thread.currentThread().isVirtual()).isFalse();
                          boolean right = HASHING.matches(password, HASHING.hash(password));
                          running.decrementAndGet();
                          return Outcome.done(right);
                        })));
      }
      for (Future<Outcome<Boolean>> one : all) {
        assertThat(one.get()).isEqualTo(Outcome.done(true));
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void passesOnWhatItsWorkThrows() {
    var passwords = new Passwords(HASHING, 1, 1);
    passwords.nobodysHash();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                passwords.turn(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .withMessage("broken");
  }

  private static Outcome<String> inLine(Passwords passwords, AtomicInteger waiting) {
    waiting.incrementAndGet();
    return passwords.turn(() -> Outcome.done("later"));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
