package io.hongbao.benchmarks;

import io.hongbao.benchmarks.RedPackets.Rush;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.PacketCrowd;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.wire.Json;
import io.hongbao.gateway.crowd.GrabGate;
import io.hongbao.redpacket.RedPacketConfig;
import io.hongbao.redpacket.RedPacketService;
import io.hongbao.redpacket.ledger.SandboxGateway;
import io.hongbao.redpacket.packet.ShareRule;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The red-packet service and the gate before it in this process, without sockets: what a crowd
/// costs beside what the bare ways cost, which have no sockets either. Everybody is a member.
final class ServiceRush implements AutoCloseable {

  private static final int CONNECTIONS = 16;
  private static final int SHARE_FEN_MAX = 20_000;
  private static final String ROUTE = "redpacket.";
  private static final long GROUP = 1;
  private static final Caller SENDER = caller(1);

  private final Database database;
  private final RedPacketService service;
  private final Exchange gated;

  private ServiceRush(Database database, RedPacketService service, Exchange gated) {
    this.database = database;
    this.service = service;
    this.gated = gated;
  }

  static ServiceRush start(Servers servers, Redis redis) throws IOException {
    Database database = servers.database(CONNECTIONS, RedPacketService.MAPPERS);
    database.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
    var gate = new GrabGate(System::nanoTime);
    var config =
        new RedPacketConfig(
            Duration.ofHours(24),
            new ShareRule(SplitTime.PRESET, Strategy.DOUBLE_AVERAGE, SHARE_FEN_MAX),
            CONNECTIONS - 1,
            Duration.ofHours(1));
    var service =
        RedPacketService.start(
            config,
            database,
            redis,
            new EverybodysGroup(),
            new SandboxGateway(),
            delivery -> {
              if (delivery instanceof PacketCrowd news) {
                gate.know(news);
              }
            },
            new Ids(1),
            new SimpleMeterRegistry());
    Map<String, Exchange> routes = gate.before(Map.of(ROUTE, service.exchange()));
    Exchange gated = Objects.requireNonNull(routes.get(ROUTE));
    var rush = new ServiceRush(database, service, gated);
    rush.ask("wallet.topup", Map.of("amountFen", 100_000_000, "clientTransferId", "bench"));
    return rush;
  }

  /// A crowd at one packet, behind the gate.
  Rush rush(int contenders) {
    return rush(gated, List.of(send()), contenders);
  }

  /// A crowd at each of many packets, with no gate: all of them reach the tickets.
  Rush rushes(int packets, int contenders) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < packets; i++) {
      ids.add(send());
    }
    return rush(service.exchange(), ids, contenders);
  }

  private static Rush rush(Exchange exchange, List<String> packetIds, int contenders) {
    var tally = new Tally(exchange, packetIds.size() * contenders);
    List<byte[]> grabs = packetIds.stream().map(id -> Json.bytes(Map.of("packetId", id))).toList();
    for (int user = 1; user <= contenders; user++) {
      Caller caller = caller(user);
      for (byte[] grab : grabs) {
        tally.places.acquireUninterruptibly();
        tally.ask(new Request(caller, "redpacket.grab", grab), true);
      }
    }
    return tally.ended.join();
  }

  private String send() {
    byte[] sent =
        ask(
            "redpacket.send",
            Map.of(
                "groupId",
                Long.toString(GROUP),
                "clientPacketId",
                "bench" + System.nanoTime(),
                "kind",
                "lucky",
                "totalFen",
                10_000,
                "count",
                RedPackets.PLACES));
    try {
      return Json.mapper().readTree(sent).get("packetId").textValue();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] ask(String op, Map<String, Object> data) {
    Exchange to = service.exchange();
    var request = new Request(SENDER, op, Json.bytes(data));
    return switch (to.exchange(request).toCompletableFuture().join()) {
      case Reply.Success(byte[] answer) -> answer;
      case Reply.Failure(Refusal refusal) -> throw new IllegalStateException(op + ": " + refusal);
    };
  }

  private static Caller caller(long userId) {
    return new Caller(userId, userId, "bench", "127.0.0.1");
  }

  @Override
  public void close() {
    service.close();
    database.close();
  }

  private static final class Tally {
    private final Exchange exchange;
    private final Semaphore places = new Semaphore(RedPackets.IN_FLIGHT);
    private final AtomicInteger unheard;
    private final AtomicInteger unsettled;
    private final AtomicInteger won = new AtomicInteger();
    private final AtomicLong lastWin = new AtomicLong();
    private final AtomicLong lastHeard = new AtomicLong();
    private final CompletableFuture<Rush> ended = new CompletableFuture<>();
    private final long begin = System.nanoTime();

    Tally(Exchange exchange, int contenders) {
      this.exchange = exchange;
      this.unheard = new AtomicInteger(contenders);
      this.unsettled = new AtomicInteger(contenders);
    }

    void ask(Request request, boolean first) {
      var _ = exchange.exchange(request).thenAccept(reply -> answer(request, reply, first));
    }

    private void answer(Request request, Reply reply, boolean first) {
      long now = System.nanoTime();
      if (first) {
        places.release();
        if (unheard.decrementAndGet() == 0) {
          lastHeard.set(now);
        }
      }
      switch (reply) {
        case Reply.Success(byte[] data) -> settled(now, data);
        case Reply.Failure(Refusal refusal) -> askAgain(request, refusal);
      }
    }

    private void settled(long now, byte[] data) {
      if (new String(data, StandardCharsets.US_ASCII).contains("\"grabbed\"")) {
        won.incrementAndGet();
        lastWin.accumulateAndGet(now, Math::max);
      }
      if (unsettled.decrementAndGet() == 0) {
        ended.complete(
            new Rush(won.get(), seconds(lastWin.get()), seconds(lastHeard.get()), seconds(now)));
      }
    }

    private void askAgain(Request request, Refusal refusal) {
      Long millis = refusal.retryAfterMs();
      if (millis == null) {
        ended.completeExceptionally(new IllegalStateException(refusal.toString()));
        return;
      }
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(() -> ask(request, false));
    }

    private double seconds(long nanos) {
      return (nanos - begin) / 1e9;
    }
  }
}
