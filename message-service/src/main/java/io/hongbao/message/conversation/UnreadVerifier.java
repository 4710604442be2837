package io.hongbao.message.conversation;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.NumberRows;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds unread against the log: counts entry by entry what the service derives, and what the cache
/// has, for one stretch of members after another, [#RUN_MEMBERS] each [#PERIOD].
///
/// The gauge `hongbao_unread_drift` has how often they differed since the start, and stays 0. A
/// member whose head moved meanwhile is left to the next round.
final class UnreadVerifier implements AutoCloseable {

  static final int RUN_MEMBERS = 200;
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(UnreadVerifier.class);
  private static final MemberKey START = new MemberKey(0, 0);

  private final Database database;
  private final Queries queries;
  private final UnreadCache cache;
  private final AtomicLong drift = new AtomicLong();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("unread-verifier").factory());

  /// The member checked last. Moved by one run at a time.
  private MemberKey last = START;

  UnreadVerifier(Database database, Queries queries, UnreadCache cache, MeterRegistry meters) {
    this.database = database;
    this.queries = queries;
    this.cache = cache;
    Gauge.builder("hongbao.unread.drift", drift, AtomicLong::doubleValue)
        .description("Members whose unread was not what their log says; must stay 0")
        .register(meters);
  }

  static UnreadVerifier start(
      Database database, Queries queries, UnreadCache cache, MeterRegistry meters) {
    var verifier = new UnreadVerifier(database, queries, cache, meters);
    var _ =
        verifier.schedule.scheduleWithFixedDelay(
            verifier::runOnce, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    return verifier;
  }

  /// Checks the next stretch of members; after the last one it begins again.
  ///
  /// @return whether there are more behind it
  boolean verifySome() {
    List<MemberKey> members =
        turn(
            transaction ->
                transaction
                    .mapper(VerifierMapper.class)
                    .members(last.groupId(), last.userId(), RUN_MEMBERS));
    verify(members);
    boolean more = members.size() == RUN_MEMBERS;
    last = more ? members.getLast() : START;
    return more;
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }

  private void runOnce() {
    queries.call("unread.verify", this::verifySome, _ -> false).toCompletableFuture().join();
  }

  private void verify(List<MemberKey> members) {
    List<Check> differing =
        turn(transaction -> checks(transaction, members)).stream()
            .map(this::withCached)
            .filter(Check::differs)
            .toList();
    if (differing.isEmpty()) {
      return;
    }
    List<MemberKey> keys = differing.stream().map(check -> MemberKey.of(check.head())).toList();
    var now =
        turn(transaction -> heads(transaction, keys)).stream()
            .collect(Collectors.toMap(MemberKey::of, Function.identity()));
    for (Check check : differing) {
      if (check.head().equals(now.get(MemberKey.of(check.head())))) {
        report(check);
      }
    }
  }

  private void report(Check check) {
    drift.incrementAndGet();
    log.error(
        "unread drift group={} user={} counted={} derived={} cached={}",
        check.head().groupId(),
        check.head().userId(),
        check.counted(),
        check.derived().unread(),
        check.cached().unread());
    cache.put(check.head().userId(), List.of(check.head()), List.of(check.derived()));
  }

  private Check withCached(Check check) {
    Head head = check.head();
    Tally cached = head.isReadWholly() ? null : cache.get(head.userId(), List.of(head)).getFirst();
    return cached == null ? check : new Check(head, check.derived(), cached, check.counted());
  }

  private static List<Check> checks(Transaction transaction, List<MemberKey> members) {
    VerifierMapper log = transaction.mapper(VerifierMapper.class);
    List<Head> heads = heads(transaction, members);
    List<Tally> tallies = new Unread(transaction).tallies(heads);
    var checks = new ArrayList<Check>();
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      long floor =
          Math.max(
              Math.max(head.readSeq(), head.joinSeq()),
              log.lastOwn(head.groupId(), head.userId(), head.lastSeq()));
      int counted = log.count(head.groupId(), head.userId(), floor, head.lastSeq(), Tally.CAP);
      checks.add(new Check(head, tallies.get(i), tallies.get(i), counted));
    }
    return checks;
  }

  private static List<Head> heads(Transaction transaction, List<MemberKey> keys) {
    var rows = new NumberRows();
    keys.forEach(key -> rows.add(key.groupId(), key.userId()));
    return transaction.mapper(HeadMapper.class).ofPairs(rows.json()).stream()
        .filter(Head::isMember)
        .toList();
  }

  private <T> T turn(Function<Transaction, T> step) {
    return queries.turn(() -> database.transact(step));
  }

  /// @param cached what the cache has, the same as derived where it has nothing
  private record Check(Head head, Tally derived, Tally cached, int counted) {

    boolean differs() {
      return derived.unread() != counted || cached.unread() != counted;
    }
  }
}
