package io.hongbao.gateway.session;

import io.hongbao.common.error.CloseCode;
import io.hongbao.gateway.session.Session.State;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The times of one session, and what is overdue by them. Reads no clock itself.
final class SessionClock {

  /// How long a client has to answer the close frame.
  static final long CLOSE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private long stateSinceNanos;
  private long heardNanos;
  private long pingedNanos;
  private long unwritableSinceNanos;
  private long expiresAt = Long.MAX_VALUE;

  SessionClock(long nowNanos) {
    this.stateSinceNanos = nowNanos;
    this.heardNanos = nowNanos;
    this.pingedNanos = nowNanos;
  }

  void stateChanged(long nowNanos) {
    stateSinceNanos = nowNanos;
  }

  /// Something came from the client, or it was not read for a while.
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  void becameUnwritable(long nowNanos) {
    unwritableSinceNanos = nowNanos;
  }

  /// @param expiresAt the token's end, epoch milliseconds
  void expiresAt(long expiresAt) {
    this.expiresAt = expiresAt;
  }

  boolean isGraceOver(long nowNanos) {
    return nowNanos - stateSinceNanos > CLOSE_GRACE_NANOS;
  }

  /// Why the session is to be closed now, or null.
  ///
  /// @param reads whether its socket is read: who is not read cannot be heard
  @Nullable CloseCode overdue(
      State state,
      boolean writable,
      boolean reads,
      SessionConfig config,
      long nowNanos,
      long nowMs) {
    long inStateNanos = nowNanos - stateSinceNanos;
    if (state == State.NEW && inStateNanos > config.openTimeout().toNanos()) {
      return CloseCode.NOT_OPENED;
    }
    if (state == State.OPENING && inStateNanos > SessionOpening.TIMEOUT_NANOS) {
      return CloseCode.INTERNAL;
    }
    if (nowMs >= expiresAt) {
      return CloseCode.TOKEN_EXPIRED;
    }
    if (!writable) {
      boolean tooLong = nowNanos - unwritableSinceNanos > config.slowTimeout().toNanos();
      return tooLong ? CloseCode.TOO_SLOW : null;
    }
    long silentNanos = config.heartbeat().toNanos() * 5 / 2;
    return reads && nowNanos - heardNanos > silentNanos ? CloseCode.HEARTBEAT_LOST : null;
  }

  /// Whether a ping is due; it counts as sent.
  boolean takePing(SessionConfig config, long nowNanos) {
    if (nowNanos - pingedNanos < config.heartbeat().toNanos()) {
      return false;
    }
    pingedNanos = nowNanos;
    return true;
  }
}
