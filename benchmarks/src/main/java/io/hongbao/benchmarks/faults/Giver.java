package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import io.hongbao.standalone.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/// Two people of whom one gives red packets and both open them, whatever happens: what got no
/// answer is asked again with its key until it has one.
final class Giver implements AutoCloseable {

  private static final int FUNDS_FEN = 10_000_000;
  private static final int PACKET_FEN = 1_000;

  /// Without it a few givers alone keep two processors busy, and no process that is started again
  /// comes to anything.
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final long BOOKED_WITHIN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Insistence giver;
  private final Insistence taker;
  private final String groupId;

  /// What each opening of each of them told, by packet.
  private final Map<String, List<Long>> told = new ConcurrentHashMap<>();

  private final List<Flaw> flaws = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;

  Giver(IntSupplier gateway, int number) {
    this.giver = new Insistence(gateway, "Giver " + number);
    this.taker = new Insistence(gateway, "Taker " + number);
    this.groupId =
        giver
            .ask(
                "group.create",
                Map.of(
                    "clientGroupId", "g",
                    "name", "packets",
                    "memberIds", List.of(taker.account().userId())))
            .get("group")
            .get("groupId")
            .textValue();
    giver.ask("wallet.topup", Map.of("amountFen", FUNDS_FEN, "clientTransferId", "t"));
    this.thread = Thread.ofVirtual().name("giver-" + number).start(this::give);
  }

  int packets() {
    return told.size();
  }

  /// Gives no more, and holds what was told against what is there.
  List<Flaw> recount() throws InterruptedException {
    stopped.set(true);
    thread.join();
    told.forEach(
        (packetId, amounts) -> {
          if (!open(packetId).equals(amounts)) {
            flaws.add(new Flaw(Kind.LOST, "an amount that was told has changed: " + packetId));
          }
        });
    long deadline = System.nanoTime() + BOOKED_WITHIN_NANOS;
    while (balance() != FUNDS_FEN && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    if (balance() != FUNDS_FEN) {
      flaws.add(new Flaw(Kind.LOST, "fen are missing: " + (FUNDS_FEN - balance())));
    }
    return List.copyOf(flaws);
  }

  @Override
  public void close() {
    stopped.set(true);
    giver.close();
    taker.close();
  }

  private void give() {
    try {
      for (int number = 1; !stopped.get(); number++) {
        JsonNode sent =
            giver.ask("redpacket.send", WireClient.lucky(groupId, "p" + number, PACKET_FEN, 2));
        String packetId = sent.get("packetId").textValue();
        for (Insistence each : List.of(giver, taker)) {
          each.ask("redpacket.grab", Map.of("packetId", packetId));
        }
        List<Long> amounts = open(packetId);
        told.put(packetId, amounts);
        long sum = amounts.stream().mapToLong(Long::longValue).sum();
        if (sum != PACKET_FEN) {
          flaws.add(new Flaw(Kind.LOST, "a packet was opened as " + amounts + " fen"));
        }
        Thread.sleep(PAUSE);
      }
    } catch (RuntimeException | InterruptedException e) {
      if (!stopped.get()) {
        flaws.add(new Flaw(Kind.OTHER, "no more packets: " + e));
      }
    }
  }

  private List<Long> open(String packetId) {
    var amounts = new ArrayList<Long>();
    for (Insistence each : List.of(giver, taker)) {
      JsonNode opened = each.ask("redpacket.open", Map.of("packetId", packetId));
      amounts.add(opened.get("amountFen").longValue());
    }
    return List.copyOf(amounts);
  }

  private long balance() {
    long sum = 0;
    for (Insistence each : List.of(giver, taker)) {
      sum += each.ask("wallet.get", Map.of()).get("balanceFen").longValue();
    }
    return sum;
  }
}
