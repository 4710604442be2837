package io.hongbao.gateway.session;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Identity.Authenticated;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.CloseCode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests of sessions that are open: the gateway's own two, all others go to their service.
final class SessionRequests {

  private static final Logger LOG = LoggerFactory.getLogger(SessionRequests.class);

  private final Sessions sessions;

  SessionRequests(Sessions sessions) {
    this.sessions = sessions;
  }

  record PingReply(long serverAt) {}

  record RefreshReply(long expiresAt) {}

  void carryOut(Session session, Envelope envelope, byte[] data) {
    long now = System.nanoTime();
    switch (envelope.op()) {
      case "session.ping" ->
          session.reply(envelope, Reply.of(new PingReply(sessions.clock().millis())), now);
      case "session.refresh" -> refresh(session, envelope, data);
      case "session.open" ->
          session.refuse(envelope, Refusal.invalid("data", "the session is open already"));
      default -> {
        if (envelope.op().startsWith("session.")) {
          session.refuse(envelope, Refusal.of(ErrorCode.UNKNOWN_OP, "unknown operation"));
        } else {
          ask(session, envelope, data, now);
        }
      }
    }
  }

  private void ask(Session session, Envelope envelope, byte[] data, long now) {
    var request = new Request(session.caller(), envelope.op(), data, envelope.trace());
    Exchange service = sessions.routes().of(envelope.op());
    session.asked();
    session.turns().ask(service, () -> ask(session, service, request, envelope, now));
  }

  private void ask(
      Session session, Exchange service, Request request, Envelope envelope, long askedNanos) {
    var _ =
        service
            .exchange(request)
            .whenComplete(
                (reply, failure) ->
                    sessions
                        .hub()
                        .execute(
                            () -> {
                              session.turns().answered();
                              session.answered(
                                  envelope, sure(envelope, reply, failure), askedNanos);
                            }));
  }

  private void refresh(Session session, Envelope envelope, byte[] data) {
    String token;
    try {
      token = SessionOpening.token(Fields.of(data));
    } catch (InvalidFieldException e) {
      session.refuse(envelope, e.refusal());
      return;
    } catch (SessionOpening.MissingTokenException _) {
      session.refuse(envelope, Refusal.of(ErrorCode.UNAUTHENTICATED, "a token is required"));
      session.close(CloseCode.TOKEN_INVALID);
      return;
    }
    long now = System.nanoTime();
    session.asked();
    var _ =
        sessions
            .identity()
            .authenticate(token)
            .whenComplete(
                (outcome, failure) ->
                    sessions
                        .hub()
                        .execute(() -> refreshed(session, envelope, outcome, failure, now)));
  }

  private void refreshed(
      Session session,
      Envelope envelope,
      @Nullable Outcome<Authenticated> outcome,
      @Nullable Throwable failure,
      long askedNanos) {
    switch (outcome) {
      case null -> {
        LOG.warn(
            "a token could not be checked trace={} reason={}",
            envelope.trace(),
            String.valueOf(failure));
        session.answered(envelope, Reply.refused(SessionOpening.unavailable()), askedNanos);
      }
      case Outcome.Refused<Authenticated> refused -> {
        session.answered(envelope, Reply.refused(refused.refusal()), askedNanos);
        CloseCode close = SessionOpening.closeFor(refused.refusal().code());
        if (close != null) {
          session.close(close);
        }
      }
      case Outcome.Done<Authenticated> done ->
          refreshed(session, envelope, done.value(), askedNanos);
    }
  }

  private void refreshed(Session session, Envelope envelope, Authenticated who, long askedNanos) {
    if (who.userId() != session.caller().userId()) {
      session.answered(
          envelope,
          Reply.refused(Refusal.invalid("token", "the token is another user's")),
          askedNanos);
    } else if (who.expiresAt() <= sessions.clock().millis()) {
      session.answered(
          envelope, Reply.refused(ErrorCode.UNAUTHENTICATED, "the token has expired"), askedNanos);
      session.close(CloseCode.TOKEN_EXPIRED);
    } else {
      session.refreshed(who.expiresAt());
      session.answered(envelope, Reply.of(new RefreshReply(who.expiresAt())), askedNanos);
    }
  }

  /// A service answers always; one that fails all the same has a bug.
  private static Reply sure(Envelope envelope, @Nullable Reply reply, @Nullable Throwable failure) {
    if (reply != null) {
      return reply;
    }
    LOG.error(
        "a service failed instead of answering op={} trace={}",
        envelope.op(),
        envelope.trace(),
        failure);
    return Reply.refused(ErrorCode.INTERNAL, "internal error");
  }
}
