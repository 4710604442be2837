package io.hongbao.redpacket.ticket;

import io.hongbao.common.redis.LuaScript;
import io.hongbao.common.redis.Outages;
import io.hongbao.common.redis.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets about as many users ask MySQL for a place as there are places, and answers all others.
///
/// It holds no amount and no claim: whatever happens to Redis, too many tickets only make more
/// users ask, and too few are filled up again. What of Redis is away nobody waits for but one
/// caller a [Outages#PAUSE]. Any number of threads.
public final class Tickets {

  private static final Logger log = LoggerFactory.getLogger(Tickets.class);

  private final LuaScript<List<Object>> grab;
  private final LuaScript<Long> load;
  private final LuaScript<Long> release;
  private final Outages outages = new Outages();

  public Tickets(Redis redis) {
    this.grab = LuaScript.returningList(redis, Tickets.class, "grab.lua");
    this.load = LuaScript.returningInteger(redis, Tickets.class, "load.lua");
    this.release = LuaScript.returningInteger(redis, Tickets.class, "release.lua");
  }

  /// Never fails: [Ticket.Result#AWAY] where Redis is. It may complete on a thread of Redis'
  /// client, which must not be held.
  public CompletionStage<Ticket> grab(long packetId, long userId) {
    if (!outages.mayTry(counts(packetId))) {
      return CompletableFuture.completedFuture(Ticket.AWAY);
    }
    return grab.runAsync(keys(packetId), Long.toString(userId))
        .handle(
            (answer, failure) -> {
              note(packetId, failure);
              return failure == null
                  ? Ticket.of((Long) answer.get(0), (Long) answer.get(1))
                  : Ticket.AWAY;
            });
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
  static List<String> keys(long packetId) {
    return List.of(counts(packetId), "{rp:" + packetId + "}:u");
  }

  private static String counts(long packetId) {
    return "{rp:" + packetId + "}:m";
  }
}
