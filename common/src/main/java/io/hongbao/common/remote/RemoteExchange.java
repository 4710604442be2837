package io.hongbao.common.remote;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Client requests to a role with several instances.
///
/// A request goes to the instance that its [RoutingKey] chooses; one that has none, to that of its
/// user. As an instance keeps only the order of what it is asked itself, a session's request waits
/// here while the session has one in flight **at another instance** that may be about the same
/// group: with the same key, or where one of both has none. So a set of instances that changes
/// never turns around what a session asks about a group, and a session that asks about many groups
/// is held up by none of them.
final class RemoteExchange implements Exchange, Instances.Watcher {

  private static final int STRIPES = 64;

  private final Instances instances;
  private final Map<Connection, ExchangeStream> streams = new ConcurrentHashMap<>();
  private final Stripe[] stripes = new Stripe[STRIPES];
  private final AtomicLong withoutSession = new AtomicLong();
  private volatile List<String> features = List.of();

  /// The lines of some sessions, guarded by itself.
  private static final class Stripe {
    private final Map<Long, Line> lines = new HashMap<>();
  }

  /// What one session has in flight, and what waits for it.
  private static final class Line {
    private final List<Asked> inFlight = new ArrayList<>(2);
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>(0);
  }

  /// A request on its way; all but the reply is guarded by its stripe until it was handed over.
  private static final class Asked {
    private final Request request;
    private final long key;

    /// The session, or one of its own.
    private final long line;

    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private @Nullable ExchangeStream stream;
    private @Nullable Refusal refusal;

    private Asked(Request request, long line) {
      this.request = request;
      this.line = line;
      this.key = RoutingKey.of(request.data());
    }

    private boolean mayBeAboutTheSameAs(Asked other) {
      return key == other.key || key == RoutingKey.NONE || other.key == RoutingKey.NONE;
    }
  }

  RemoteExchange(Instances instances) {
    this.instances = instances;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
    instances.watch(this);
  }

  @Override
  public CompletionStage<Reply> exchange(Request request) {
    long sessionId = request.caller().sessionId();
    var asked = new Asked(request, sessionId == 0 ? withoutSession.decrementAndGet() : sessionId);
    Stripe stripe = stripe(asked);
    synchronized (stripe) {
      Line line = stripe.lines.computeIfAbsent(asked.line, _ -> new Line());
      if (line.waiting.isEmpty() && mayGo(asked, line)) {
        handOver(asked, line);
      } else {
        line.waiting.add(asked);
        return asked.reply;
      }
    }
    send(asked);
    return asked.reply;
  }

  /// What all instances that are connected have, so that it does not matter who answers.
  @Override
  public List<String> features() {
    return features;
  }

  @Override
  public void connected(Connection connection) {
    streams.put(connection, new ExchangeStream(connection));
    List<String> common = new ArrayList<>(connection.features());
    streams.keySet().forEach(other -> common.retainAll(other.features()));
    features = List.copyOf(common);
  }

  @Override
  public void leaving(Connection connection) {
    ExchangeStream stream = streams.get(connection);
    if (stream != null) {
      stream.leave();
    }
  }

  @Override
  public void lost(Connection connection) {
    streams.remove(connection);
  }

  /// Answers what has waited too long.
  void expire(long nowNanos) {
    streams.values().forEach(stream -> stream.expire(nowNanos));
  }

  int inFlight() {
    return streams.values().stream().mapToInt(ExchangeStream::inFlight).sum();
  }

  /// Chooses the instance, and whether the request may go there now.
  private boolean mayGo(Asked asked, Line line) {
    asked.stream = streamFor(asked);
    for (Asked before : line.inFlight) {
      if (before.stream != asked.stream && before.mayBeAboutTheSameAs(asked)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ExchangeStream streamFor(Asked asked) {
    long userId = asked.request.caller().userId();
    long key =
        asked.key != RoutingKey.NONE
            ? asked.key
            : userId != 0 ? userId : asked.request.caller().address().hashCode();
    Connection connection = instances.pick(key, null);
    return connection == null ? null : streams.get(connection);
  }

  private void handOver(Asked asked, Line line) {
    line.inFlight.add(asked);
    asked.refusal =
        asked.stream == null
            ? Unavailable.notConnected()
            : asked.stream.accept(asked.request, reply -> answered(asked, reply));
  }

  private void send(Asked asked) {
    if (asked.refusal != null) {
      answered(asked, Reply.refused(asked.refusal));
    } else if (asked.stream != null) {
      asked.stream.flush();
    }
  }

  private void answered(Asked asked, Reply reply) {
    var next = new ArrayList<Asked>(0);
    Stripe stripe = stripe(asked);
    synchronized (stripe) {
      Line line = stripe.lines.get(asked.line);
      if (line != null) {
        line.inFlight.remove(asked);
        while (!line.waiting.isEmpty() && mayGo(line.waiting.element(), line)) {
          Asked first = line.waiting.remove();
          handOver(first, line);
          next.add(first);
        }
        if (line.inFlight.isEmpty()) {
          stripe.lines.remove(asked.line);
        }
      }
    }
    asked.reply.complete(reply);
    next.forEach(this::send);
  }

  private Stripe stripe(Asked asked) {
    return stripes[Math.floorMod(Long.hashCode(asked.line * 0x9E3779B97F4A7C15L), STRIPES)];
  }
}
