package io.hongbao.gateway.http;

import io.hongbao.common.contract.Avatars;
import io.hongbao.common.contract.Avatars.Place;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome.Done;
import io.hongbao.common.error.Outcome.Refused;
import io.hongbao.common.wire.Fields;
import io.hongbao.gateway.session.SessionMetrics;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// HTTP on the client port: accounts and tokens, health, avatars, and the web client.
///
/// Accounts and tokens go through the same exchange as everything else, as operations of a caller
/// who has no user yet.
public final class ClientSite implements Site {

  private final Function<String, Exchange> routes;
  private final Avatars avatars;
  private final Health health;
  private final Origins origins;
  private final SessionMetrics metrics;
  private final WebClient webClient;

  /// @param routes which service answers an operation
  public ClientSite(
      Function<String, Exchange> routes,
      Avatars avatars,
      Health health,
      Origins origins,
      SessionMetrics metrics,
      Executor blocking) {
    this.routes = routes;
    this.avatars = avatars;
    this.health = health;
    this.origins = origins;
    this.metrics = metrics;
    this.webClient = new WebClient(blocking);
  }

  @Override
  public CompletionStage<HttpAnswer> answer(HttpCall call) {
    return switch (call.path()) {
      case "/api/v1/accounts" -> post(call, "account.create", HttpResponseStatus.CREATED);
      case "/api/v1/tokens" -> post(call, "account.token", HttpResponseStatus.OK);
      case "/health/live" -> read(call, _ -> done(health.live()));
      case "/health/ready" -> read(call, _ -> health.ready());
      default ->
          call.path().startsWith("/api/")
              ? done(HttpAnswer.notFound())
              : read(call, call.path().startsWith(Avatars.PATH) ? this::avatar : webClient::answer);
    };
  }

  /// Sends a browser on to the picture: an `<img>` gives no token, and wants a URL that stays the
  /// same, which a signed one does not. What it is sent to outlives what it keeps.
  private CompletionStage<HttpAnswer> avatar(HttpCall call) {
    Long mediaId = Fields.parseId(call.path().substring(Avatars.PATH.length()));
    return mediaId == null
        ? done(HttpAnswer.notFound())
        : avatars
            .placeOf(mediaId)
            .thenApply(
                place ->
                    switch (place) {
                      case Refused(var refusal) -> HttpAnswer.problem(refusal);
                      case Done(Place(String url, Duration ttl)) ->
                          HttpAnswer.of(HttpResponseStatus.FOUND, HttpAnswer.JSON, new byte[0])
                              .with(HttpHeaderNames.LOCATION.toString(), url)
                              .with(
                                  HttpHeaderNames.CACHE_CONTROL.toString(),
                                  "private, max-age=" + ttl.dividedBy(2).toSeconds());
                    });
  }

  private CompletionStage<HttpAnswer> post(HttpCall call, String op, HttpResponseStatus success) {
    String origin = call.headers().get(HttpHeaderNames.ORIGIN);
    if (!origins.allow(origin)) {
      return done(
          HttpAnswer.problem(
              HttpResponseStatus.FORBIDDEN, ErrorCode.FORBIDDEN, "this origin is not allowed"));
    }
    if (call.method().equals(HttpMethod.OPTIONS)) {
      return done(
          forOrigin(
              HttpAnswer.of(HttpResponseStatus.NO_CONTENT, HttpAnswer.JSON, new byte[0])
                  .with("access-control-allow-methods", "POST")
                  .with("access-control-allow-headers", "content-type")
                  .with("access-control-max-age", "86400"),
              origin));
    }
    if (!call.method().equals(HttpMethod.POST)) {
      return done(HttpAnswer.methodNotAllowed("POST"));
    }
    if (!isJson(call.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
      return done(
          HttpAnswer.problem(
              HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
              ErrorCode.INVALID_ARGUMENT,
              "the body must be application/json"));
    }
    return ask(call, op, success).thenApply(answer -> forOrigin(answer, origin));
  }

  private CompletionStage<HttpAnswer> ask(HttpCall call, String op, HttpResponseStatus success) {
    long started = System.nanoTime();
    var request = new Request(Caller.anonymous(call.address()), op, call.body());
    return routes
        .apply(op)
        .exchange(request)
        .thenApply(
            reply -> {
              metrics.answered(op, reply, System.nanoTime() - started);
              return switch (reply) {
                case Reply.Success ok -> HttpAnswer.of(success, HttpAnswer.JSON, ok.data());
                case Reply.Failure failure ->
                    HttpAnswer.problem(failure.refusal(), request.trace());
              };
            });
  }

  private static CompletionStage<HttpAnswer> read(
      HttpCall call, Function<HttpCall, CompletionStage<HttpAnswer>> answer) {
    return call.isRead() ? answer.apply(call) : done(HttpAnswer.methodNotAllowed("GET, HEAD"));
  }

  /// Pages of other origins may read the answer; there are no cookies that they could use.
  private static HttpAnswer forOrigin(HttpAnswer answer, @Nullable String origin) {
    return origin == null
        ? answer
        : answer.with("access-control-allow-origin", origin).with("vary", "Origin");
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().equalsIgnoreCase(HttpAnswer.JSON);
  }

  private static CompletionStage<HttpAnswer> done(HttpAnswer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
