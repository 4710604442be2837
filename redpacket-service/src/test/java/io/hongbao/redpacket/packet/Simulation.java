package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog.Members;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.kit.FakeGroups;
import io.hongbao.redpacket.kit.Published;
import io.hongbao.redpacket.ledger.Account;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.Transfer;
import io.hongbao.redpacket.ledger.TransferCode;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import io.hongbao.redpacket.settle.Courier;
import io.hongbao.redpacket.settle.Settlement;
import io.hongbao.redpacket.sim.Crash;
import io.hongbao.redpacket.sim.CrashingTransactions;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.store.Tables;
import io.hongbao.redpacket.store.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One history of a group and its packets, all of it from one seed: sends, batches of grabs and
/// openings in any order and number, bookings, time that passes, clocks that disagree, a log that
/// is away or answers nothing, and a process that dies between any two transactions and before or
/// after any commit. What anybody was told must stay true.
final class Simulation {

  private static final int USERS = 6;
  private static final long FUNDS = 5_000;
  static final Duration EXPIRY = Duration.ofSeconds(60);

  private final RandomGenerator random;
  private final CrashingTransactions transactions;
  private final LongConsumer passTime;
  private final FakeGroups groups = new FakeGroups();
  private final PacketWriter writer;
  private final Sending sending;
  private final Courier courier;
  private final List<Long> users = new ArrayList<>();
  private final List<Long> packetIds = new ArrayList<>();
  private final List<PacketRequest.Send> sends = new ArrayList<>();
  private final Map<String, Long> opened = new HashMap<>();
  private final Set<String> empty = new HashSet<>();
  private final Set<String> grabbed = new HashSet<>();
  private final long groupId;

  /// @param passTime lets so many milliseconds pass
  Simulation(
      RandomGenerator random,
      Transactions database,
      Queries queries,
      LongSupplier ids,
      LongConsumer passTime) {
    this.random = random;
    this.passTime = passTime;
    this.transactions = new CrashingTransactions(database, random);
    var store = new Store(transactions, queries);
    var ledger = new Ledger(ids);
    var events = new WalletEvents(new Published());
    var rule =
        new ShareRule(
            random.nextBoolean() ? SplitTime.PRESET : SplitTime.REALTIME,
            random.nextBoolean() ? Strategy.DOUBLE_AVERAGE : Strategy.RANDOM,
            40_000);
    var publication = new Publication(store, groups, ledger, events, _ -> {});
    this.writer = new PacketWriter(random);
    this.sending =
        new Sending(store, ledger, groups, publication, events, ids, random, rule, EXPIRY);
    this.courier = new Courier(store, new Settlement(ledger), publication, groups, events, ids);
    this.groupId = ids.getAsLong();
    for (int i = 0; i < USERS; i++) {
      long user = ids.getAsLong();
      users.add(user);
      var _ =
          database.transact(
              tables -> ledger.book(tables.ledger(), List.of(topup(user)), tables.now()));
    }
    groups.group(groupId, users);
  }

  private static Transfer topup(long user) {
    return new Transfer(
        "psp:sim:" + user,
        TransferCode.TOPUP,
        Account.clearing(user),
        Account.wallet(user),
        FUNDS,
        null);
  }

  /// How often the process died.
  int crashes() {
    return transactions.crashes();
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      try {
        step();
      } catch (Crash _) {
        // It is started again; memory is gone, the tables are not.
      }
      groups.refuse(null);
      groups.loseAnswers(false);
      assertNothingToldIsUntrue();
    }
    end();
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0 -> send();
      case 1 -> sendAgain();
      case 2, 3, 4, 5 -> claim();
      case 6, 7 -> deliver();
      case 8 -> passTime.accept(random.nextLong(EXPIRY.toMillis() / 4));
      default -> {
        if (random.nextInt(4) == 0) {
          groups.leave(groupId, any(users));
        }
      }
    }
  }

  private void send() {
    int count = 1 + random.nextInt(5);
    boolean identical = random.nextInt(4) == 0;
    long totalFen =
        identical ? (1 + random.nextInt(200)) * (long) count : count + random.nextInt(900);
    sends.add(
        new PacketRequest.Send(
            groupId,
            "key" + sends.size(),
            identical ? PacketKind.IDENTICAL : PacketKind.LUCKY,
            totalFen,
            count,
            "",
            null));
    sendAgain();
  }

  private void sendAgain() {
    if (sends.isEmpty()) {
      return;
    }
    disturbTheLog();
    int which = random.nextInt(sends.size());
    long sender = users.get(which % users.size());
    var _ = sending.send(new Caller(sender, 1, "d", "a"), sends.get(which));
    find();
  }

  private void disturbTheLog() {
    switch (random.nextInt(12)) {
      case 0 -> groups.refuse(Refusal.retryAfter(ErrorCode.UNAVAILABLE, "away", 1));
      case 1 -> groups.loseAnswers(true);
      case 2 -> groups.refuse(Refusal.of(ErrorCode.MUTED, "muted"));
      default -> {
        // it is well
      }
    }
  }

  /// Packets are found in the log, as clients find them.
  private void find() {
    packetIds.clear();
    groups.entries(groupId).stream()
        .filter(entry -> entry.key().startsWith("redpacket:"))
        .forEach(entry -> packetIds.add(Long.parseLong(entry.key().substring(10))));
  }

  private void claim() {
    find();
    if (packetIds.isEmpty()) {
      return;
    }
    long packetId = any(packetIds);
    var commands = new ArrayList<PacketCommand>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      long user = any(users);
      commands.add(
          switch (random.nextInt(8)) {
            case 0 -> new PacketCommand.Load();
            case 1 -> new PacketCommand.Expire();
            case 2, 3, 4 -> new PacketCommand.Open(user);
            default -> new PacketCommand.Grab(user, random.nextInt(2));
          });
    }
    Members members =
        ((Outcome.Done<Members>) groups.members(groupId).toCompletableFuture().join()).value();
    Batch batch =
        transactions.transact(
            tables -> writer.decide(tables, packetId, commands, Standing.of(members)));
    for (int i = 0; i < count; i++) {
      tell(packetId, commands.get(i), batch.verdicts().get(i));
    }
  }

  private void tell(long packetId, PacketCommand command, Verdict verdict) {
    if (!(verdict instanceof Verdict.Answered(ClaimReply reply))) {
      return;
    }
    long user =
        switch (command) {
          case PacketCommand.Grab grab -> grab.userId();
          case PacketCommand.Open open -> open.userId();
          case PacketCommand.Load _, PacketCommand.Expire _ -> 0;
        };
    String claim = packetId + "/" + user;
    switch (reply.status()) {
      case OPENED -> {
        Long amount = reply.amountFen();
        assertThat(amount).isNotNull();
        Long before = opened.put(claim, amount == null ? 0 : amount);
        assertThat(before == null || before.equals(amount)).isTrue();
      }
      case EMPTY -> empty.add(claim);
      case GRABBED -> grabbed.add(claim);
      case EXPIRED -> {
        // stays so by the packet's state
      }
    }
  }

  private void deliver() {
    disturbTheLog();
    List<Long> due = transactions.transact(tables -> tables.outbox().due(tables.now(), 10));
    if (!due.isEmpty()) {
      courier.deliver(any(due));
      if (random.nextInt(3) == 0) {
        courier.deliver(due.getFirst()); // rung twice
      }
    }
  }

  private void assertNothingToldIsUntrue() {
    var _ =
        transactions
            .inner()
            .transact(
                tables -> {
                  opened.forEach(
                      (claim, amount) ->
                          assertThat(record(tables, claim))
                              .extracting(RecordRow::amount)
                              .isEqualTo(amount));
                  grabbed.forEach(claim -> assertThat(record(tables, claim)).isNotNull());
                  empty.forEach(claim -> assertThat(record(tables, claim)).isNull());
                  return true;
                });
  }

  private static @Nullable RecordRow record(Tables tables, String claim) {
    String[] parts = claim.split("/", -1);
    return tables.packets().records(Long.parseLong(parts[0]), "[" + parts[1] + "]").stream()
        .findFirst()
        .orElse(null);
  }

  /// No more trouble: everything comes to its end.
  private void end() {
    transactions.calmDown();
    for (int i = 0; i < 3; i++) {
      passTime.accept(EXPIRY.toMillis() * 60);
      for (long packetId :
          transactions.transact(tables -> tables.outbox().due(tables.now(), 1_000))) {
        courier.deliver(packetId);
      }
      for (long packetId :
          transactions.transact(tables -> tables.packets().due(tables.now(), 1_000))) {
        var _ =
            transactions.transact(
                tables ->
                    writer.decide(
                        tables, packetId, List.of(new PacketCommand.Expire()), Standing.UNASKED));
      }
    }
    find();
    assertThat(packetIds).doesNotHaveDuplicates();
    assertNothingToldIsUntrue();
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
