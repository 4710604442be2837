package io.hongbao.gateway.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// HTTP on the management port: metrics for Prometheus, and health.
public final class ManagementSite implements Site {

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry meters;
  private final Health health;
  private final Executor blocking;

  public ManagementSite(PrometheusMeterRegistry meters, Health health, Executor blocking) {
    this.meters = meters;
    this.health = health;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<HttpAnswer> answer(HttpCall call) {
    if (!call.isRead()) {
      return CompletableFuture.completedStage(HttpAnswer.methodNotAllowed("GET, HEAD"));
    }
    return switch (call.path()) {
      case "/metrics" -> CompletableFuture.supplyAsync(this::metrics, blocking);
      case "/health/live" -> CompletableFuture.completedStage(health.live());
      case "/health/ready" -> health.ready();
      default -> CompletableFuture.completedStage(HttpAnswer.notFound());
    };
  }

  private HttpAnswer metrics() {
    return HttpAnswer.of(
        HttpResponseStatus.OK,
        PROMETHEUS_TEXT,
        meters.scrape(PROMETHEUS_TEXT).getBytes(StandardCharsets.UTF_8));
  }
}
