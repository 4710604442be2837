package io.hongbao.redpacket.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.ledger.Account;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.Transfer;
import io.hongbao.redpacket.ledger.TransferCode;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.packet.PacketRequest.Send;
import io.hongbao.redpacket.packet.Publication.Published;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.packet.ShareRule.Strategy;
import io.hongbao.redpacket.sim.MemoryTransactions;
import io.hongbao.redpacket.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A packet whose entry two workers bring into the log at once.
final class PublicationTest {

  private static final long SENDER = 7;
  private static final long GROUP = 8;
  private static final Send SEND = new Send(GROUP, "key", PacketKind.LUCKY, 100, 2, "", null);

  private final AtomicLong ids = new AtomicLong();
  private final Queries queries = new Queries(2);
  private final Store store = new Store(new MemoryTransactions(() -> 0), queries);
  private final Ledger ledger = new Ledger(ids::incrementAndGet);
  private final WalletEvents events =
      new WalletEvents(
          _ -> {
            // nobody to tell
          });
  private long packetId;

  @BeforeEach
  void pay() {
    var topup =
        new Transfer(
            "psp:test:1",
            TransferCode.TOPUP,
            Account.clearing(SENDER),
            Account.wallet(SENDER),
            1_000,
            null);
    store.change(tables -> ledger.book(tables.ledger(), List.of(topup), 0));
    var log = new Log(_ -> Outcome.refused(ErrorCode.UNAVAILABLE, "away"));
    var sending =
        new Sending(
            store,
            ledger,
            log,
            publication(log),
            events,
            ids::incrementAndGet,
            RandomGenerator.getDefault(),
            new ShareRule(SplitTime.PRESET, Strategy.DOUBLE_AVERAGE, 40_000),
            Duration.ofDays(1));
    var _ = sending.send(new Caller(SENDER, 1, "phone", "127.0.0.1"), SEND);
    packetId =
        Objects.requireNonNull(
                store.transact(tables -> tables.packets().byKey(SENDER, GROUP, SEND.key())))
            .packetId();
  }

  @AfterEach
  void close() {
    queries.close();
  }

  @Test
  void isNotSaidToBeThereAfterTheOtherHasCancelledIt() {
    var refusing = publication(new Log(_ -> Outcome.refused(ErrorCode.MUTED, "muted")));
    var late =
        publication(
            new Log(
                entry -> {
                  var _ = refusing.publish(packetId);
                  return appended(entry);
                }));

    assertThat(late.publish(packetId)).isInstanceOf(Outcome.Refused.class);
    assertThat(balance()).isEqualTo(1_000);
  }

  @Test
  void isWhereTheOtherHasBroughtIt() {
    var first = publication(new Log(PublicationTest::appended));
    var late =
        publication(
            new Log(
                entry -> {
                  var _ = first.publish(packetId);
                  return appended(entry);
                }));

    assertThat(late.publish(packetId))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(((Published) done.value()).seq()).isEqualTo(3));
    assertThat(balance()).isEqualTo(900);
  }

  private static Outcome<GroupLog.Appended> appended(GroupLog.NewEntry entry) {
    return Outcome.done(new GroupLog.Appended(entry.messageId(), 3, 0));
  }

  private Publication publication(GroupLog log) {
    return new Publication(
        store,
        log,
        ledger,
        events,
        _ -> {
          // nobody to tell
        });
  }

  private long balance() {
    Account wallet = Account.wallet(SENDER);
    return store.transact(
        tables -> {
          Long accountId = tables.ledger().accountId(wallet.kind(), wallet.ownerId());
          return tables.ledger().lock(Objects.requireNonNull(accountId)).balance();
        });
  }

  private record Log(Function<NewEntry, Outcome<Appended>> appending) implements GroupLog {

    @Override
    public CompletionStage<Outcome<Writer>> writer(long groupId, long userId, long companionId) {
      return CompletableFuture.completedFuture(Outcome.done(new Writer(false)));
    }

    @Override
    public CompletionStage<Outcome<Appended>> append(NewEntry entry) {
      return CompletableFuture.completedFuture(appending.apply(entry));
    }

    @Override
    public CompletionStage<Outcome<Members>> membersAmong(long groupId, Collection<Long> userIds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Outcome<Members>> members(long groupId) {
      throw new UnsupportedOperationException();
    }
  }
}
