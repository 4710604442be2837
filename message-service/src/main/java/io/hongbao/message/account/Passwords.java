package io.hongbao.message.account;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where passwords are hashed: as many platform threads as there are processors, with a line before
/// them.
///
/// Platform threads, since a hash keeps its processor for long, and virtual threads that compute
/// would keep all others waiting. Who finds the line full is answered `unavailable`.
final class Passwords {

  /// Hashes in the line. They wait half a minute or so on two slow processors.
  static final int WAITING_MAX = 1_000;

  private static final long RETRY_AFTER_MS = 5_000;
  private static final long IDLE_SECONDS = 30;

  private final PasswordHash hashing;
  private final ThreadPoolExecutor hashers;
  private final CompletableFuture<String> nobodys;

  Passwords(PasswordHash hashing) {
    this(hashing, Runtime.getRuntime().availableProcessors(), WAITING_MAX);
  }

  Passwords(PasswordHash hashing, int threads, int waitingMax) {
    this.hashing = hashing;
    this.hashers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waitingMax),
            Thread.ofPlatform().name("password-", 0).daemon().factory());
    hashers.allowCoreThreadTimeOut(true);
    this.nobodys =
        CompletableFuture.supplyAsync(() -> hashing.hash(UUID.randomUUID().toString()), hashers);
  }

  /// Runs `work` on a hasher's thread once it is its turn, and waits for it: for virtual threads.
  /// Refusals: those of `work`, `unavailable`.
  <T> Outcome<T> turn(Supplier<Outcome<T>> work) {
    try {
      return CompletableFuture.supplyAsync(work, hashers).join();
    } catch (RejectedExecutionException _) {
      return Outcome.refused(
          Refusal.retryAfter(
              ErrorCode.UNAVAILABLE, "too many passwords to check, try again", RETRY_AFTER_MS));
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /// A hash of a new password. Refusals: `unavailable`.
  Outcome<String> hash(String password) {
    return turn(() -> Outcome.done(hashing.hash(password)));
  }

  /// How much work stands in the line.
  int waiting() {
    return hashers.getQueue().size();
  }

  PasswordHash hashing() {
    return hashing;
  }

  /// A hash that no password matches, made as new ones are: checking against it takes as long as
  /// checking against somebody's. Waits for its making, which is the first work of all.
  String nobodysHash() {
    return nobodys.join();
  }
}
