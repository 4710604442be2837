package io.hongbao.redpacket.ledger;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.ledger.Ledger.Booking;
import io.hongbao.redpacket.ledger.PaymentGateway.Payment;
import io.hongbao.redpacket.ledger.TopupMapper.Topup;
import io.hongbao.redpacket.ledger.TopupMapper.TopupState;
import io.hongbao.redpacket.ledger.WalletRequest.TopUp;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.store.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Top-ups: created when a user asks, paid when the gateway confirms, whenever and however often it
/// does. Any number of threads.
public final class Topups {

  /// How long a request waits for the gateway before it is answered `unavailable`; the payment may
  /// be confirmed later all the same, and a repeat then says so.
  static final Duration CONFIRMATION_WAIT = Duration.ofSeconds(5);

  /// How often a request looks for a payment that was confirmed to another process.
  static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(Topups.class);

  private final Store store;
  private final Ledger ledger;
  private final PaymentGateway gateway;
  private final LongSupplier ids;
  private final WalletEvents events;

  /// Who waits here for a confirmation: at most as many as there are requests in hand.
  private final ConcurrentHashMap<Long, CompletableFuture<Boolean>> waiting =
      new ConcurrentHashMap<>();

  public Topups(
      Store store, Ledger ledger, PaymentGateway gateway, LongSupplier ids, WalletEvents events) {
    this.store = store;
    this.ledger = ledger;
    this.gateway = gateway;
    this.ids = ids;
    this.events = events;
    gateway.confirmTo(this::paid);
  }

  record ToppedUp(long balanceFen) {}

  Reply topUp(long userId, TopUp asked) {
    long topupId = ids.getAsLong();
    byte[] key = asked.clientTransferId().getBytes(StandardCharsets.UTF_8);
    long amountFen = asked.amountFen();
    Topup topup = store.transact(tables -> create(tables, userId, topupId, key, amountFen));
    if (topup.amount() != asked.amountFen()) {
      return Reply.refused(
          ErrorCode.CONFLICT, "clientTransferId was used for another amount before");
    }
    Long balance = topup.balanceAfter();
    return balance == null ? awaitPayment(topup, key) : Reply.of(new ToppedUp(balance));
  }

  private static Topup create(
      Tables tables, long userId, long topupId, byte[] key, long amountFen) {
    Topup earlier = tables.topups().find(userId, key);
    if (earlier != null) {
      return earlier;
    }
    tables.topups().insert(topupId, userId, key, amountFen, tables.now());
    return new Topup(topupId, userId, amountFen, TopupState.CREATED, null);
  }

  private Reply awaitPayment(Topup topup, byte[] key) {
    CompletableFuture<Boolean> confirmed =
        waiting.computeIfAbsent(topup.topupId(), _ -> new CompletableFuture<>());
    try {
      gateway.request(new Payment(topup.topupId(), topup.userId(), topup.amount()));
      long deadline = System.nanoTime() + CONFIRMATION_WAIT.toNanos();
      while (System.nanoTime() - deadline < 0) {
        waitForAWhile(confirmed);
        Long balance = balanceAfter(topup.userId(), key);
        if (balance != null) {
          return Reply.of(new ToppedUp(balance));
        }
      }
      return Queries.unavailable();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Queries.unavailable();
    } finally {
      waiting.remove(topup.topupId(), confirmed);
    }
  }

  private static void waitForAWhile(CompletableFuture<Boolean> confirmed)
      throws InterruptedException {
    try {
      var _ = confirmed.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // it may have reached another process
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private @Nullable Long balanceAfter(long userId, byte[] key) {
    return store.transact(
        tables -> {
          Topup topup = tables.topups().find(userId, key);
          return topup == null ? null : topup.balanceAfter();
        });
  }

  /// The gateway's confirmation.
  void paid(long topupId, long amountFen) {
    List<Entry> booked = store.transact(tables -> pay(tables, topupId, amountFen));
    if (booked == null) {
      return;
    }
    events.booked(booked);
    CompletableFuture<Boolean> confirmed = waiting.get(topupId);
    if (confirmed != null) {
      confirmed.complete(true);
    }
  }

  /// What was booked now, or null where there is no such payment.
  private @Nullable List<Entry> pay(Tables tables, long topupId, long amountFen) {
    Topup topup = tables.topups().lock(topupId);
    if (topup == null || topup.amount() != amountFen) {
      log.error("confirmation of no such payment topupId={} amountFen={}", topupId, amountFen);
      return null;
    }
    if (topup.state() == TopupState.PAID) {
      return List.of();
    }
    long now = tables.now();
    Transfer transfer = Transfer.topup(gateway.name(), topupId, topup.userId(), amountFen);
    return switch (ledger.book(tables.ledger(), List.of(transfer), now)) {
      case Booking.Booked(List<Entry> entries) -> {
        tables.topups().paid(topupId, entries.getFirst().transfer().transferId(), now);
        yield entries;
      }
      case Booking.Insufficient _ -> throw new IllegalStateException("clearing accounts may owe");
    };
  }
}
