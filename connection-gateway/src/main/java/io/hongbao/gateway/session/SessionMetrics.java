package io.hongbao.gateway.session;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// What sessions count. Tag values are bounded: the families below, the operations that have
/// succeeded once, so that there are such, `other`, and the error codes.
public final class SessionMetrics {

  private static final List<String> FAMILIES =
      List.of(
          "account",
          "conversation",
          "face",
          "group",
          "media",
          "message",
          "redpacket",
          "session",
          "typing",
          "user",
          "wallet");
  private static final String OTHER = "other";
  private static final String OK = "ok";
  private static final int OPERATIONS_MAX = 500;
  private static final String UNKNOWN_OP = ErrorCode.UNKNOWN_OP.wireName();

  private final MeterRegistry meters;
  private final Map<String, Map<String, Timer>> requests;
  private final Map<String, Timer> otherRequests = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Timer>> operations = new ConcurrentHashMap<>();
  private final Map<String, Counter> closes = new ConcurrentHashMap<>();
  private final Counter replyBytes;
  private final AtomicInteger open = new AtomicInteger();

  public SessionMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.requests =
        FAMILIES.stream()
            .collect(Collectors.toUnmodifiableMap(f -> f, _ -> new ConcurrentHashMap<>()));
    this.replyBytes = meters.counter("hongbao.gateway.reply.bytes");
    meters.gauge("hongbao.gateway.sessions", open);
  }

  /// A request was answered, `nanos` after it was taken up.
  public void answered(String op, Reply reply, long nanos) {
    String result =
        switch (reply) {
          case Reply.Success _ -> OK;
          case Reply.Failure failure -> failure.refusal().code().wireName();
        };
    Map<String, Timer> timers = operations.get(op);
    if (timers == null && result.equals(OK) && operations.size() < OPERATIONS_MAX) {
      timers = operations.computeIfAbsent(op, _ -> new ConcurrentHashMap<>());
    }
    String operation = timers == null ? OTHER : op;
    if (timers == null) {
      timers = requests.getOrDefault(family(op, result), otherRequests);
    }
    Timer timer = timers.get(result);
    if (timer == null) {
      String family = family(op, result);
      timer =
          meters.timer(
              "hongbao.gateway.requests", "family", family, "op", operation, "result", result);
      timers.put(result, timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private String family(String op, String result) {
    int dot = op.indexOf('.');
    String family = dot < 0 ? op : op.substring(0, dot);
    return requests.containsKey(family) && !result.equals(UNKNOWN_OP) ? family : OTHER;
  }

  void replied(int bytes) {
    replyBytes.increment(bytes);
  }

  void opened() {
    open.incrementAndGet();
  }

  /// @param by the close code, or who ended the connection without one of ours
  void closed(String by, boolean wasOpen) {
    closes
        .computeIfAbsent(by, code -> meters.counter("hongbao.gateway.closes", "code", code))
        .increment();
    if (wasOpen) {
      open.decrementAndGet();
    }
  }
}
