package io.hongbao.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.conversation.ConversationEvents;
import io.hongbao.message.conversation.ConversationRequest;
import io.hongbao.message.conversation.Conversations;
import io.hongbao.message.conversation.KnownMembers;
import io.hongbao.message.history.History;
import io.hongbao.message.history.HistoryRequest;
import io.hongbao.message.log.LogOrder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// The read side of the message service on a real database and Redis, asked as the exchange asks
/// it.
public final class ReadSide implements AutoCloseable {

  /// What the clock shows.
  public static final long NOW = 1_800_000_000_000L;

  public final Database database;
  public final Redis redis;
  public final RecordingPush push = new RecordingPush();
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final Queries queries = new Queries(8);
  public final Reads reads;
  public final ConversationEvents events;
  private final History history;
  private final Conversations conversations;
  private final Map<Long, CompletableFuture<Void>> unsettled = new ConcurrentHashMap<>();

  private ReadSide(Database database, Redis redis) {
    this.database = database;
    this.redis = redis;
    LogOrder order =
        groupId -> unsettled.getOrDefault(groupId, CompletableFuture.completedFuture(null));
    this.reads = new Reads(database, order, queries);
    this.history = new History(reads);
    var known = new KnownMembers();
    this.events = new ConversationEvents(database, queries, push, known);
    Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    this.conversations = Conversations.start(reads, redis, push, known, clock, meters);
  }

  public static ReadSide open(TestServices services) {
    return open(services, services.redisUrl());
  }

  public static ReadSide open(TestServices services, String redisUrl) {
    return open(services.jdbcUrl(), services.user(), services.password(), redisUrl);
  }

  public static ReadSide open(String jdbcUrl, String user, String password, String redisUrl) {
    Database database = Database.open(jdbcUrl, user, password, 12, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
    return new ReadSide(database, Redis.open(redisUrl));
  }

  public TestGroup group(long ownerId) {
    return new TestGroup(database, ownerId);
  }

  /// Lets reads about the group wait until the future returned is completed.
  public CompletableFuture<Void> unsettle(long groupId) {
    var settled = new CompletableFuture<Void>();
    unsettled.put(groupId, settled);
    return settled;
  }

  /// The data of a successful reply.
  public JsonNode ask(long userId, String op, String data) {
    return switch (reply(userId, op, data)) {
      case Reply.Success(byte[] json) -> RecordingPush.json(json);
      case Reply.Failure(Refusal refusal) -> throw new AssertionError(op + ": " + refusal);
    };
  }

  /// The refusal of an unsuccessful one.
  public Refusal refusal(long userId, String op, String data) {
    return switch (reply(userId, op, data)) {
      case Reply.Success(byte[] json) ->
          throw new AssertionError(op + ": " + RecordingPush.json(json));
      case Reply.Failure(Refusal refusal) -> refusal;
    };
  }

  public Reply reply(long userId, String op, String data) {
    return start(userId, op, data).toCompletableFuture().join();
  }

  /// Asks without waiting; the session's id is the user's.
  public CompletionStage<Reply> start(long userId, String op, String data) {
    return start(new Caller(userId, userId, "device", "127.0.0.1"), op, data);
  }

  public CompletionStage<Reply> start(Caller caller, String op, String data) {
    Fields fields = Fields.of(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    HistoryRequest history = HistoryRequest.parse(op, fields);
    if (history != null) {
      return this.history.handle(caller, history);
    }
    ConversationRequest conversation = ConversationRequest.parse(op, fields);
    if (conversation != null) {
      return conversations.handle(caller, conversation);
    }
    throw new AssertionError("unknown op " + op);
  }

  /// The one conversation of a user with a group, as `conversation.list` has it.
  public JsonNode conversation(long userId, TestGroup group) {
    for (JsonNode conversation : ask(userId, "conversation.list", "{}").get("conversations")) {
      if (conversation.at("/group/groupId").textValue().equals(Long.toString(group.id))) {
        return conversation;
      }
    }
    throw new AssertionError("no such conversation");
  }

  public static List<Long> seqs(JsonNode reply) {
    var seqs = new ArrayList<Long>();
    reply.get("messages").forEach(message -> seqs.add(message.get("seq").longValue()));
    return seqs;
  }

  public static String quoted(String text) {
    return new String(Json.bytes(text), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    conversations.close();
    queries.close();
    redis.close();
    database.close();
  }
}
