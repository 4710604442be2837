package io.hongbao.redpacket;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Push;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.redpacket.ledger.Ledger;
import io.hongbao.redpacket.ledger.LedgerMapper;
import io.hongbao.redpacket.ledger.PaymentGateway;
import io.hongbao.redpacket.ledger.TopupMapper;
import io.hongbao.redpacket.ledger.Topups;
import io.hongbao.redpacket.ledger.Wallet;
import io.hongbao.redpacket.ledger.WalletEvents;
import io.hongbao.redpacket.ledger.WalletMapper;
import io.hongbao.redpacket.packet.Aftermath;
import io.hongbao.redpacket.packet.PacketMapper;
import io.hongbao.redpacket.packet.PacketReadMapper;
import io.hongbao.redpacket.packet.PacketViews;
import io.hongbao.redpacket.packet.PacketWriter;
import io.hongbao.redpacket.packet.Packets;
import io.hongbao.redpacket.packet.Publication;
import io.hongbao.redpacket.packet.Sending;
import io.hongbao.redpacket.reconcile.Auditor;
import io.hongbao.redpacket.reconcile.DriftMapper;
import io.hongbao.redpacket.reconcile.InvariantMapper;
import io.hongbao.redpacket.settle.Courier;
import io.hongbao.redpacket.settle.Doorbell;
import io.hongbao.redpacket.settle.OutboxMapper;
import io.hongbao.redpacket.settle.Settlement;
import io.hongbao.redpacket.settle.Workers;
import io.hongbao.redpacket.store.ClockMapper;
import io.hongbao.redpacket.store.SqlTransactions;
import io.hongbao.redpacket.store.Store;
import io.hongbao.redpacket.ticket.Tickets;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The red-packet service: makes its parts and holds them until it is closed.
public final class RedPacketService implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS =
      List.of(
          ClockMapper.class,
          LedgerMapper.class,
          TopupMapper.class,
          WalletMapper.class,
          PacketMapper.class,
          PacketReadMapper.class,
          OutboxMapper.class,
          InvariantMapper.class,
          DriftMapper.class);

  /// Where [Database#migrate] finds the tables, and where it keeps account of that.
  public static final String MIGRATIONS = "db/redpacket";

  public static final String MIGRATION_HISTORY = "redpacket_schema_history";

  /// How long after its end a packet is looked at like a living one.
  private static final Duration LINGERING = Duration.ofHours(2);

  private final Queries queries;
  private final Workers workers;
  private final Auditor auditor;
  private final Exchange exchange;

  private RedPacketService(Queries queries, Workers workers, Auditor auditor, Exchange exchange) {
    this.queries = queries;
    this.workers = workers;
    this.auditor = auditor;
    this.exchange = exchange;
  }

  /// @param database opened with [#MAPPERS] and migrated, of this service alone
  public static RedPacketService start(
      RedPacketConfig config,
      Database database,
      Redis redis,
      GroupLog groups,
      PaymentGateway payments,
      Push push,
      Ids ids,
      MeterRegistry meters) {
    var random = new SecureRandom();
    var queries = new Queries(config.transactionsMax());
    queries.watch(meters, "redpacket");
    database.watch(meters, "redpacket");
    var store = new Store(new SqlTransactions(database), queries);
    var ledger = new Ledger(ids);
    var walletEvents = new WalletEvents(push);
    var topups = new Topups(store, ledger, payments, ids::next, walletEvents);
    var bell = new Doorbell(redis, "node-" + ids.node());
    var tickets = new Tickets(redis, queries.threads());
    var views = new PacketViews(database, queries);
    var aftermath = new Aftermath(views, push, tickets, bell::ring, Clock.systemUTC());
    var publication = new Publication(store, groups, ledger, walletEvents, aftermath::activated);
    var sending =
        new Sending(
            store,
            ledger,
            groups,
            publication,
            walletEvents,
            ids::next,
            random,
            config.rule(),
            config.expiry());
    var packets =
        new Packets(
            database,
            store,
            views,
            new PacketWriter(random),
            sending,
            tickets,
            aftermath,
            groups,
            queries,
            meters);
    var courier =
        new Courier(store, new Settlement(ledger), publication, groups, walletEvents, ids::next);
    return new RedPacketService(
        queries,
        Workers.start(store, queries, courier, bell, packets::expire),
        Auditor.start(database, config.reconcileEvery(), config.expiry().plus(LINGERING), meters),
        new RedPacketExchange(packets, new Wallet(database, queries, topups)));
  }

  public Exchange exchange() {
    return exchange;
  }

  /// Ends the work in hand; what is left stands in the outbox.
  @Override
  public void close() {
    auditor.close();
    workers.close();
    queries.close();
  }
}
