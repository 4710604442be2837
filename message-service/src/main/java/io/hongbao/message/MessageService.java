package io.hongbao.message;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Push;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.message.group.ClientKeyMapper;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.Groups;
import io.hongbao.message.group.InviteCodeMapper;
import io.hongbao.message.group.MembershipEvents;
import io.hongbao.message.log.Lanes;
import io.hongbao.message.log.LogMapper;
import io.hongbao.message.log.Messages;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/// The message service: makes its parts and holds them until it is closed.
public final class MessageService implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS =
      List.of(GroupMapper.class, InviteCodeMapper.class, ClientKeyMapper.class, LogMapper.class);

  /// Where [Database#migrate] finds the tables.
  public static final String MIGRATIONS = "db/message";

  private final Lanes lanes;
  private final Queries queries;
  private final Exchange exchange;

  private MessageService(Lanes lanes, Queries queries, Exchange exchange) {
    this.lanes = lanes;
    this.queries = queries;
    this.exchange = exchange;
  }

  /// @param database opened with [#MAPPERS] and migrated
  public static MessageService start(
      MessageConfig config,
      Database database,
      Push push,
      MembershipEvents membershipEvents,
      Ids ids,
      Clock clock,
      MeterRegistry meters) {
    var queries = new Queries(config.readersMax());
    var rules = new GroupRules(config.recallWindow(), config.editWindow());
    var lanes = Lanes.start(config.lanes(), database, rules, push, membershipEvents, clock, meters);
    var groups = new Groups(lanes, queries, database, ids, clock, config.groupMembersMax());
    var messages = new Messages(lanes, ids);
    return new MessageService(lanes, queries, new MessageExchange(messages, groups));
  }

  public Exchange exchange() {
    return exchange;
  }

  /// Writes what is queued, and answers it; what comes from then on is answered `unavailable`.
  @Override
  public void close() {
    lanes.close();
    queries.close();
  }
}
