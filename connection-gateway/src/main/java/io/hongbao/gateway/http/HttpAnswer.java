package io.hongbao.gateway.http;

import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an HTTP request is answered with.
///
/// @param headers beside those that every answer has (type, length, connection)
public record HttpAnswer(
    HttpResponseStatus status, String contentType, byte[] body, Map<String, String> headers) {

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  static HttpAnswer of(HttpResponseStatus status, String contentType, byte[] body) {
    return new HttpAnswer(status, contentType, body, Map.of());
  }

  static HttpAnswer json(HttpResponseStatus status, Object value) {
    return of(status, JSON, Json.bytes(value));
  }

  /// A refusal as RFC 9457 has it; `Retry-After` where the same request may succeed later.
  static HttpAnswer problem(Refusal refusal) {
    return problem(HttpResponseStatus.valueOf(refusal.code().httpStatus()), refusal, null);
  }

  /// The same, of a request that has gone on to a service.
  static HttpAnswer problem(Refusal refusal, TraceId trace) {
    return problem(
        HttpResponseStatus.valueOf(refusal.code().httpStatus()), refusal, trace.toString());
  }

  /// A fault that HTTP has a status of its own for.
  static HttpAnswer problem(HttpResponseStatus status, ErrorCode code, String detail) {
    return problem(status, Refusal.of(code, detail), null);
  }

  private static HttpAnswer problem(
      HttpResponseStatus status, Refusal refusal, @Nullable String traceId) {
    var body =
        new Problem(
            "about:blank",
            status.reasonPhrase(),
            status.code(),
            refusal.message(),
            refusal.code().wireName(),
            refusal.field(),
            refusal.retryAfterMs(),
            traceId);
    HttpAnswer answer = of(status, PROBLEM, Json.bytes(body));
    Long retryAfterMs = refusal.retryAfterMs();
    return retryAfterMs == null
        ? answer
        : answer.with(
            HttpHeaderNames.RETRY_AFTER.toString(), Long.toString((retryAfterMs + 999) / 1_000));
  }

  static HttpAnswer notFound() {
    return problem(HttpResponseStatus.NOT_FOUND, ErrorCode.NOT_FOUND, "there is nothing here");
  }

  static HttpAnswer methodNotAllowed(String allowed) {
    return problem(
            HttpResponseStatus.METHOD_NOT_ALLOWED,
            ErrorCode.INVALID_ARGUMENT,
            "the method must be one of: " + allowed)
        .with(HttpHeaderNames.ALLOW.toString(), allowed);
  }

  HttpAnswer with(String name, String value) {
    var more = new LinkedHashMap<String, String>(headers);
    more.put(name, value);
    return new HttpAnswer(status, contentType, body, Map.copyOf(more));
  }

  record Problem(
      String type,
      String title,
      int status,
      String detail,
      String code,
      @Nullable String field,
      @Nullable Long retryAfterMs,
      @Nullable String traceId) {}
}
