package io.hongbao.message;

import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Identity;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.message.account.AccountHandlers;
import io.hongbao.message.conversation.ConversationEvents;
import io.hongbao.message.conversation.Conversations;
import io.hongbao.message.conversation.KnownMembers;
import io.hongbao.message.conversation.UnreadMemberReads;
import io.hongbao.message.face.FaceToFace;
import io.hongbao.message.group.AdminMapper;
import io.hongbao.message.group.Administration;
import io.hongbao.message.group.ClientKeyMapper;
import io.hongbao.message.group.GroupMapper;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.Groups;
import io.hongbao.message.group.InviteCodeMapper;
import io.hongbao.message.group.MuteMapper;
import io.hongbao.message.group.MuteSweep;
import io.hongbao.message.group.RandomCodeMapper;
import io.hongbao.message.group.UserGroups;
import io.hongbao.message.history.History;
import io.hongbao.message.log.EntryMapper;
import io.hongbao.message.log.Lanes;
import io.hongbao.message.log.LogMapper;
import io.hongbao.message.log.Messages;
import io.hongbao.message.media.MediaSending;
import io.hongbao.message.media.SentMediaReads;
import io.hongbao.message.packet.PacketGroups;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// The message service: makes its parts and holds them until it is closed.
public final class MessageService implements AutoCloseable {

  /// What [Database#open] must know.
  public static final List<Class<?>> MAPPERS =
      Stream.of(
              List.of(
                  GroupMapper.class,
                  InviteCodeMapper.class,
                  RandomCodeMapper.class,
                  ClientKeyMapper.class,
                  AdminMapper.class,
                  MuteMapper.class,
                  LogMapper.class,
                  EntryMapper.class),
              UserGroups.MAPPERS,
              PacketGroups.MAPPERS,
              SentMediaReads.MAPPERS,
              UnreadMemberReads.MAPPERS,
              AccountHandlers.MAPPERS,
              Conversations.MAPPERS,
              History.MAPPERS)
          .<Class<?>>flatMap(List::stream)
          .distinct()
          .toList();

  /// Where [Database#migrate] finds the tables.
  public static final String MIGRATIONS = "db/message";

  private final Lanes lanes;
  private final Conversations conversations;
  private final MuteSweep mutes;
  private final Queries queries;
  private final Exchange exchange;
  private final Identity identity;
  private final Memberships memberships;
  private final GroupLog groupLog;
  private final SentMedia sentMedia;
  private final UnreadMembers unreadMembers;

  private MessageService(
      Lanes lanes,
      Conversations conversations,
      MuteSweep mutes,
      Queries queries,
      Exchange exchange,
      Identity identity,
      Memberships memberships,
      GroupLog groupLog,
      SentMedia sentMedia,
      UnreadMembers unreadMembers) {
    this.lanes = lanes;
    this.conversations = conversations;
    this.mutes = mutes;
    this.queries = queries;
    this.exchange = exchange;
    this.identity = identity;
    this.memberships = memberships;
    this.groupLog = groupLog;
    this.sentMedia = sentMedia;
    this.unreadMembers = unreadMembers;
  }

  /// @param database opened with [#MAPPERS] and migrated
  public static MessageService start(
      MessageConfig config,
      Database database,
      Redis redis,
      Push push,
      MediaLibrary library,
      Ids ids,
      Clock clock,
      MeterRegistry meters) {
    var queries = new Queries(config.readersMax());
    queries.watch(meters, "message");
    database.watch(meters, "message");
    var accounts = AccountHandlers.of(config, database, redis, library, queries, ids, clock);
    var known = new KnownMembers();
    var events = new ConversationEvents(database, queries, push, known);
    var rules = new GroupRules(config.recallWindow(), config.editWindow());
    var lanes = Lanes.start(config.lanes(), database, rules, push, events, clock, meters);
    var reads = new Reads(database, lanes, queries);
    var conversations = Conversations.start(reads, redis, push, known, clock, meters);
    var messages = new Messages(lanes, ids);
    var exchange =
        new MessageExchange(
            accounts,
            messages,
            new MediaSending(library, messages),
            new Groups(lanes, queries, database, ids, clock, config.groupMembersMax()),
            new Administration(lanes, reads, library, ids),
            conversations,
            new History(reads),
            FaceToFace.of(config, redis, push, lanes, accounts, queries, ids, clock));
    return new MessageService(
        lanes,
        conversations,
        MuteSweep.start(database, queries, push, clock),
        queries,
        exchange,
        accounts.accounts(),
        new UserGroups(database, queries),
        new PacketGroups(reads, lanes, clock),
        new SentMediaReads(database, queries),
        new UnreadMemberReads(database, queries));
  }

  public Exchange exchange() {
    return exchange;
  }

  public Identity identity() {
    return identity;
  }

  public Memberships memberships() {
    return memberships;
  }

  public GroupLog groupLog() {
    return groupLog;
  }

  public SentMedia sentMedia() {
    return sentMedia;
  }

  public UnreadMembers unreadMembers() {
    return unreadMembers;
  }

  /// Writes what is queued, and answers it; what comes from then on is answered `unavailable`.
  @Override
  public void close() {
    mutes.close();
    lanes.close();
    conversations.close();
    queries.close();
  }
}
