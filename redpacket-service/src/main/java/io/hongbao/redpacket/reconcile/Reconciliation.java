package io.hongbao.redpacket.reconcile;

import io.hongbao.common.sql.Database;
import io.hongbao.redpacket.reconcile.Finding.Subject;
import io.hongbao.redpacket.store.ClockMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Checks every rule that money must obey. It reads, and knows nothing of the code that writes.
public final class Reconciliation {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS = List.of(InvariantMapper.class, DriftMapper.class);

  public static final long EVERYTHING = 0;

  /// An opened share is late after this long, though it takes two seconds at most.
  private static final Duration BOOKED_WITHIN = Duration.ofMinutes(5);

  private static final Duration ENDED_WITHIN = Duration.ofMinutes(10);

  private record Rule(
      String words, Subject of, BiFunction<InvariantMapper, Long, List<Long>> broken) {

    /// One that can only be asked of everything there is.
    static Rule ofEverything(
        String words, Subject of, Function<InvariantMapper, List<Long>> broken) {
      return new Rule(
          words, of, (mapper, since) -> since == EVERYTHING ? broken.apply(mapper) : List.of());
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.ofEverything(
              "all balances together are zero", Subject.LEDGER, InvariantMapper::unbalanced),
          Rule.ofEverything(
              "a balance is the sum of its entries",
              Subject.ACCOUNT,
              InvariantMapper::driftedAccounts),
          new Rule(
              "an entry goes on from the one before",
              Subject.ACCOUNT,
              InvariantMapper::brokenChains),
          new Rule("a transfer has its two legs", Subject.TRANSFER, InvariantMapper::lameTransfers),
          new Rule("the shares are the packet", Subject.PACKET, InvariantMapper::wrongShares),
          new Rule(
              "the counters agree with the places", Subject.PACKET, InvariantMapper::wrongCounters),
          new Rule(
              "an opened share is that of its place",
              Subject.PACKET,
              InvariantMapper::wrongAmounts),
          new Rule(
              "the escrow holds what is not booked out",
              Subject.PACKET,
              InvariantMapper::wrongEscrows),
          new Rule(
              "a booked share has exactly its transfer",
              Subject.PACKET,
              InvariantMapper::wrongBookings),
          new Rule(
              "an ended packet accounts for every fen",
              Subject.PACKET,
              InvariantMapper::wrongRefunds),
          new Rule("the best is the largest share", Subject.PACKET, InvariantMapper::wrongBests));

  private final Database database;

  /// @param database opened with [#MAPPERS]
  public Reconciliation(Database database) {
    this.database = database;
  }

  /// The rules that do not hold; empty where all is well.
  ///
  /// @param since the first id of packets and transfers that are looked at, or [#EVERYTHING]
  public List<Finding> check(long since) {
    var findings = new ArrayList<Finding>();
    for (Rule rule : RULES) {
      List<Long> broken =
          database.transact(tx -> rule.broken().apply(tx.mapper(InvariantMapper.class), since));
      if (!broken.isEmpty()) {
        findings.add(new Finding(rule.words(), rule.of(), broken));
      }
    }
    return findings;
  }

  /// What should have been done long ago.
  public List<Finding> late() {
    List<Long> late =
        database.transact(
            tx -> {
              long now = tx.mapper(ClockMapper.class).now();
              return tx.mapper(InvariantMapper.class)
                  .stuck(now - BOOKED_WITHIN.toMillis(), now - ENDED_WITHIN.toMillis());
            });
    return late.isEmpty()
        ? List.of()
        : List.of(new Finding("nothing is late", Subject.LATE_PACKET, late));
  }

  /// By how many fen the books are wrong.
  public long driftFen() {
    return database.transact(tx -> tx.mapper(DriftMapper.class).driftFen());
  }
}
