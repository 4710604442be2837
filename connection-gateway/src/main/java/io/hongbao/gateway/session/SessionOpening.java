package io.hongbao.gateway.session;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.SessionOpened;
import io.hongbao.common.contract.Identity.Authenticated;
import io.hongbao.common.contract.Memberships.Membership;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.CloseCode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out `session.open`, step by step: who is it, tell the push service that the user is
/// here, read the groups, enter them, and only then reply.
///
/// The order matters. Changes of the user's groups reach this node from the second step on, so none
/// falls between the reading of the groups and the entering. Every step runs on the session's loop
/// and ends at once where the session has ended meanwhile. One for each event loop.
final class SessionOpening {

  /// A service that never answers must not keep a session for ever.
  static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(SessionOpening.class);

  private static final int DEVICE_CHARACTERS_MAX = 64;
  private static final long RETRY_MS = 1_000;

  private final Sessions sessions;

  SessionOpening(Sessions sessions) {
    this.sessions = sessions;
  }

  /// What one opening carries from step to step.
  private record Attempt(Session session, Envelope envelope, String deviceId, long startedNanos) {}

  void begin(Session session, Envelope envelope, byte[] data) {
    String deviceId;
    String token;
    try {
      Fields fields = Fields.of(data);
      token = token(fields);
      deviceId = fields.text("deviceId", 1, DEVICE_CHARACTERS_MAX);
      fields.optionalText("platform", 0, DEVICE_CHARACTERS_MAX);
    } catch (InvalidFieldException e) {
      session.refuse(envelope, e.refusal());
      return;
    } catch (MissingTokenException _) {
      session.refuse(envelope, Refusal.of(ErrorCode.UNAUTHENTICATED, "a token is required"));
      session.close(CloseCode.TOKEN_INVALID);
      return;
    }
    session.opening();
    var attempt = new Attempt(session, envelope, deviceId, System.nanoTime());
    then(
        envelope.trace().with(() -> sessions.identity().authenticate(token)),
        attempt,
        (outcome, failure) -> authenticated(attempt, outcome, failure));
  }

  private void authenticated(
      Attempt attempt, @Nullable Outcome<Authenticated> outcome, @Nullable Throwable failure) {
    switch (outcome) {
      case null -> failed(attempt, failure);
      case Outcome.Refused<Authenticated> refused -> refused(attempt, refused.refusal());
      case Outcome.Done<Authenticated> done -> {
        Authenticated who = done.value();
        if (who.expiresAt() <= sessions.clock().millis()) {
          refuse(attempt, Refusal.of(ErrorCode.UNAUTHENTICATED, "the token has expired"));
          attempt.session.close(CloseCode.TOKEN_EXPIRED);
          return;
        }
        then(
            sessions
                .hub()
                .arrive(attempt.session.recipient(), who.userId())
                .thenCompose(_ -> groupsOf(attempt, who)),
            attempt,
            (groups, problem) -> groupsRead(attempt, who, groups, problem));
      }
    }
  }

  private CompletionStage<List<Membership>> groupsOf(Attempt attempt, Authenticated who) {
    return attempt.envelope.trace().with(() -> sessions.memberships().groupsOf(who.userId()));
  }

  private void groupsRead(
      Attempt attempt,
      Authenticated who,
      @Nullable List<Membership> groups,
      @Nullable Throwable failure) {
    if (groups == null) {
      failed(attempt, failure);
      return;
    }
    then(
        sessions.hub().enter(attempt.session.recipient(), groups),
        attempt,
        (_, problem) -> {
          if (problem != null) {
            failed(attempt, problem);
          } else {
            open(attempt, who);
          }
        });
  }

  private void open(Attempt attempt, Authenticated who) {
    Session session = attempt.session;
    long sessionId = sessions.nextSessionId();
    var opened =
        new SessionOpened(who.userId(), attempt.deviceId, sessionId, sessions.clock().millis());
    session.opened(
        new Caller(who.userId(), sessionId, attempt.deviceId, session.address()),
        opened,
        who.expiresAt());
    session.reply(
        attempt.envelope, Reply.of(OpenReply.of(sessions, sessionId, who)), attempt.startedNanos);
    sessions.tell(opened);
    sessions.sayReconnectIfLeaving(session);
    session.goOn();
  }

  private void refused(Attempt attempt, Refusal refusal) {
    CloseCode close = closeFor(refusal.code());
    if (close == null) {
      retryLater(attempt, refusal);
    } else {
      refuse(attempt, refusal);
      attempt.session.close(close);
    }
  }

  /// How a session ends whose token was refused; null where it may try again.
  static @Nullable CloseCode closeFor(ErrorCode code) {
    return code == ErrorCode.UNAUTHENTICATED
        ? CloseCode.TOKEN_INVALID
        : code == ErrorCode.FORBIDDEN ? CloseCode.ACCOUNT_DISABLED : null;
  }

  private void failed(Attempt attempt, @Nullable Throwable failure) {
    LOG.warn(
        "a session could not be opened trace={} reason={}",
        attempt.envelope.trace(),
        String.valueOf(failure));
    retryLater(attempt, unavailable());
  }

  static Refusal unavailable() {
    return Refusal.retryAfter(ErrorCode.UNAVAILABLE, "try again later", RETRY_MS);
  }

  private void retryLater(Attempt attempt, Refusal refusal) {
    sessions.hub().depart(attempt.session.recipient());
    refuse(attempt, refusal);
    attempt.session.openingFailed(refusal);
  }

  private static void refuse(Attempt attempt, Refusal refusal) {
    attempt.session.reply(attempt.envelope, Reply.refused(refusal), attempt.startedNanos);
  }

  /// Goes on with a stage's outcome on the loop, unless the session has ended.
  private <T> void then(
      CompletionStage<T> stage,
      Attempt attempt,
      BiConsumer<@Nullable T, @Nullable Throwable> next) {
    var _ =
        stage.whenComplete(
            (value, failure) ->
                sessions
                    .hub()
                    .execute(
                        () -> {
                          if (attempt.session.state() == Session.State.OPENING) {
                            next.accept(value, failure);
                          }
                        }));
  }

  /// @throws MissingTokenException where there is no token that is a string
  static String token(Fields fields) {
    try {
      return fields.text("token", 1, Integer.MAX_VALUE);
    } catch (InvalidFieldException _) {
      throw new MissingTokenException();
    }
  }

  /// A token that is missing or ill-typed is a bad one, not an invalid argument.
  static final class MissingTokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingTokenException() {
      super("no token", null, false, false);
    }
  }
}
