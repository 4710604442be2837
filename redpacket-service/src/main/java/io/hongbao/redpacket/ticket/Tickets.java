package io.hongbao.redpacket.ticket;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Outages;
import io.hongbao.common.redis.Redis;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets about as many users ask MySQL for a place as there are places, and answers all others.
///
/// It holds no amount and no claim: whatever happens to Redis, too many tickets only make more
/// users ask, and too few are filled up again. What of Redis is away nobody waits for but one
/// caller a [Outages#PAUSE]. Who asks for a packet's tickets while an answer about them is under
/// way asks next, together with all others who do. Any number of threads.
public final class Tickets {

  /// Users whom one call of the script asks for; more ask with the next.
  static final int USERS_MAX = 256;

  private static final Logger log = LoggerFactory.getLogger(Tickets.class);

  private final LuaScript<List<Object>> grab;
  private final LuaScript<Long> load;
  private final LuaScript<Long> release;
  private final Outages outages = new Outages();
  private final Executor threads;

  /// Who waits for the next call, for each packet that has one under way.
  private final ConcurrentHashMap<Long, Queue<Asking>> lines = new ConcurrentHashMap<>();

  /// @param threads that may wait; whoever asks is answered on one of them
  public Tickets(Redis redis, Executor threads) {
    this.threads = threads;
    this.grab = LuaScript.returningList(redis, Tickets.class, "grab.lua");
    this.load = LuaScript.returningInteger(redis, Tickets.class, "load.lua");
    this.release = LuaScript.returningInteger(redis, Tickets.class, "release.lua");
  }

  private record Asking(long userId, CompletableFuture<Ticket> ticket) {}

  /// Never fails, and does not hold the caller: [Ticket.Result#AWAY] where Redis is.
  public CompletionStage<Ticket> grab(long packetId, long userId) {
    var asking = new Asking(userId, new CompletableFuture<>());
    boolean[] first = {false};
    var _ =
        lines.compute(
            packetId,
            (_, line) -> {
              first[0] = line == null;
              Queue<Asking> waiting = line == null ? new ArrayDeque<>() : line;
              waiting.add(asking);
              return waiting;
            });
    if (first[0]) {
      var _ =
          CompletableFuture.completedFuture(packetId)
              .thenAcceptAsync(this::askNext, threads)
              .exceptionally(failure -> giveUp(packetId, next(packetId), failure));
    }
    return asking.ticket;
  }

  /// Asks for those who wait, and goes on until nobody does.
  private void askNext(long packetId) {
    List<Asking> users = next(packetId);
    if (users.isEmpty()) {
      return;
    }
    var _ =
        ask(packetId, users)
            .thenAcceptAsync(
                tickets -> {
                  askNext(packetId);
                  for (int i = 0; i < users.size(); i++) {
                    users.get(i).ticket.complete(tickets.get(i));
                  }
                },
                threads)
            .exceptionally(failure -> giveUp(packetId, users, failure));
  }

  /// Who waits, or nobody: then the line is gone.
  private List<Asking> next(long packetId) {
    var users = new ArrayList<Asking>();
    lines.computeIfPresent(
        packetId,
        (_, line) -> {
          while (users.size() < USERS_MAX && !line.isEmpty()) {
            users.add(line.remove());
          }
          return users.isEmpty() ? null : line;
        });
    return users;
  }

  private CompletionStage<List<Ticket>> ask(long packetId, List<Asking> users) {
    List<Ticket> away = Collections.nCopies(users.size(), Ticket.AWAY);
    if (!outages.mayTry(counts(packetId))) {
      return CompletableFuture.completedFuture(away);
    }
    return grab.runAsync(
            keys(packetId),
            users.stream().map(user -> Long.toString(user.userId)).toArray(String[]::new))
        .handle(
            (answer, failure) -> {
              note(packetId, failure);
              return failure == null ? Ticket.of(answer) : away;
            });
  }

  /// Lets nobody wait who will not be asked for: the service is closed, or there is a bug.
  private @Nullable Void giveUp(long packetId, List<Asking> users, Throwable failure) {
    log.warn("tickets are not asked for packetId={}", packetId, failure);
    for (List<Asking> all = users; !all.isEmpty(); all = next(packetId)) {
      all.forEach(user -> user.ticket.complete(Ticket.AWAY));
    }
    return null;
  }

  /// @param keep for how long it may be asked for
  public CompletionStage<Boolean> load(long packetId, Filling filling, Duration keep) {
    var arguments = new ArrayList<String>();
    arguments.add(Integer.toString(filling.epoch()));
    arguments.add(Integer.toString(filling.tickets()));
    arguments.add(filling.end().code());
    arguments.add(Long.toString(Math.max(1_000, keep.toMillis())));
    filling.users().forEach(userId -> arguments.add(Long.toString(userId)));
    return run(load, packetId, arguments.toArray(String[]::new));
  }

  public CompletionStage<Boolean> release(long packetId, long userId, int epoch) {
    return run(release, packetId, Long.toString(userId), Integer.toString(epoch));
  }

  private CompletionStage<Boolean> run(LuaScript<Long> script, long packetId, String... arguments) {
    return script
        .runAsync(keys(packetId), arguments)
        .handle(
            (answer, failure) -> {
              note(packetId, failure);
              return failure == null && answer == 1;
            });
  }

  private void note(long packetId, @Nullable Throwable failure) {
    if (failure == null) {
      if (outages.ends(counts(packetId))) {
        log.info("tickets are back");
      }
    } else if (outages.begins(counts(packetId))) {
      log.warn("without tickets for now reason={}", String.valueOf(failure.getMessage()));
    }
  }

  /// In one hash slot.
  public static List<String> keys(long packetId) {
    return List.of(counts(packetId), "{rp:" + packetId + "}:u");
  }

  private static String counts(long packetId) {
    return "{rp:" + packetId + "}:m";
  }
}
