package io.hongbao.gateway.crowd;

import io.hongbao.common.contract.Delivery.PacketCrowd;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Stands before the red-packet service and keeps a crowd from it: about twice as many users as a
/// packet has places may ask, the others are told `rate_limited` and come again.
///
/// It limits and never decides. It knows what the service has published; of a packet that it knows
/// nothing of, everybody asks. What it answers itself beside `rate_limited` is only the service's
/// own last word to the same user. Any number of threads; never waits.
public final class GrabGate {

  /// Packets known, the ones used last; of others everybody asks.
  static final int PACKETS_MAX = 10_000;

  private static final String GRAB = "redpacket.grab";
  private static final String PREFIX = "redpacket.";
  private static final int RETRY_MS_MIN = 300;
  private static final int RETRY_MS_MAX = 800;

  private final LongSupplier nanoTime;
  private final Map<Long, Crowd> crowds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Crowd> eldest) {
          return size() > PACKETS_MAX;
        }
      };

  public GrabGate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Puts itself before the red-packet service, where there is one.
  public Map<String, Exchange> before(Map<String, Exchange> routes) {
    Exchange service = routes.get(PREFIX);
    if (service == null) {
      return routes;
    }
    var gated = new HashMap<>(routes);
    gated.put(PREFIX, request -> exchange(request, service));
    return gated;
  }

  /// Takes in what the service has published.
  public void know(PacketCrowd news) {
    synchronized (crowds) {
      Crowd crowd = crowds.get(news.packetId());
      if (crowd == null) {
        crowds.put(news.packetId(), new Crowd(news, nanoTime.getAsLong()));
      } else {
        crowd.know(news);
      }
    }
  }

  private CompletionStage<Reply> exchange(Request request, Exchange service) {
    if (!request.op().equals(GRAB)) {
      return service.exchange(request);
    }
    Crowd crowd = crowd(request.data());
    if (crowd == null) {
      return service.exchange(request);
    }
    long userId = request.caller().userId();
    Reply told = crowd.told(userId);
    if (told != null) {
      return CompletableFuture.completedFuture(told);
    }
    if (!crowd.admits(userId, nanoTime.getAsLong())) {
      return CompletableFuture.completedFuture(Reply.refused(crowded()));
    }
    boolean over = crowd.isOver();
    return service
        .exchange(request)
        .thenApply(
            reply -> {
              if (over && reply instanceof Reply.Success) {
                crowd.keep(userId, reply);
              }
              return reply;
            });
  }

  private @Nullable Crowd crowd(byte[] data) {
    long packetId;
    try {
      packetId = Fields.of(data).id("packetId");
    } catch (InvalidFieldException _) {
      return null; // for the service to refuse
    }
    synchronized (crowds) {
      return crowds.get(packetId);
    }
  }

  private static Refusal crowded() {
    return Refusal.retryAfter(
        ErrorCode.RATE_LIMITED,
        "too many want this one",
        ThreadLocalRandom.current().nextInt(RETRY_MS_MIN, RETRY_MS_MAX));
  }
}
