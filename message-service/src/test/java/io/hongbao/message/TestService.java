package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.group.AdminRequest;
import io.hongbao.message.group.Administration;
import io.hongbao.message.group.EntryRequest;
import io.hongbao.message.group.GroupRequest;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.Groups;
import io.hongbao.message.group.MuteSweep;
import io.hongbao.message.history.History;
import io.hongbao.message.history.HistoryRequest;
import io.hongbao.message.log.Lanes;
import io.hongbao.message.log.LogRequest;
import io.hongbao.message.log.Messages;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The write side on a real database, asked as a client asks: operation and JSON. Several may run
/// on one database.
public final class TestService implements AutoCloseable {

  public static final Duration RECALL_WINDOW = Duration.ofMinutes(2);
  public static final Duration EDIT_WINDOW = Duration.ofMinutes(15);
  public static final int GROUP_MEMBERS_MAX = 50;

  private static final int LANES = 2;
  private static final AtomicInteger NODES = new AtomicInteger();

  private final Database database;
  private final Ids ids = new Ids(NODES.getAndIncrement() % Ids.NODE_MAX);
  private final Published published = new Published();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final TestClock clock = new TestClock();
  private final Queries queries = new Queries(4);
  private final UploadedMedia media = new UploadedMedia();
  private final Lanes lanes;
  private final Groups groups;
  private final Messages messages;
  private final Reads reads;
  private final Administration administration;
  private final History history;
  private final MuteSweep mutes;

  private TestService(Database database, int groupMembersMax) {
    this.database = database;
    this.lanes =
        Lanes.start(
            LANES,
            database,
            new GroupRules(RECALL_WINDOW, EDIT_WINDOW),
            published,
            published,
            clock,
            meters);
    this.groups = new Groups(lanes, queries, database, ids, clock, groupMembersMax);
    this.messages = new Messages(lanes, ids);
    this.reads = new Reads(database, lanes, queries);
    this.administration = new Administration(lanes, reads, media, ids);
    this.history = new History(reads);
    this.mutes = MuteSweep.start(database, queries, published, clock);
  }

  public static TestService start(TestServices services) {
    return start(services.jdbcUrl(), services.user(), services.password());
  }

  /// With groups of so many members at most.
  public static TestService start(TestServices services, int groupMembersMax) {
    return start(services.jdbcUrl(), services.user(), services.password(), groupMembersMax);
  }

  public static TestService start(String url, String user, String password) {
    return start(url, user, password, GROUP_MEMBERS_MAX);
  }

  private static TestService start(String url, String user, String password, int groupMembersMax) {
    Database database = Database.open(url, user, password, 8, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
    return new TestService(database, groupMembersMax);
  }

  /// The reply to come; fails where it takes longer than any should.
  public CompletableFuture<Reply> ask(long userId, String op, String data) {
    return hand(userId, op, data).orTimeout(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<Reply> hand(long userId, String op, String data) {
    Caller caller = new Caller(userId, userId, "device", "127.0.0.1");
    Fields fields = Fields.of(data.getBytes(StandardCharsets.UTF_8));
    LogRequest message = LogRequest.parse(op, fields);
    if (message instanceof LogRequest.AtOnce atOnce) {
      return messages.handle(caller, atOnce).toCompletableFuture();
    }
    GroupRequest group = GroupRequest.parse(op, fields);
    if (group != null) {
      return groups.handle(caller, group).toCompletableFuture();
    }
    HistoryRequest read = HistoryRequest.parse(op, fields);
    if (read != null) {
      return history.handle(caller, read).toCompletableFuture();
    }
    EntryRequest entry = EntryRequest.parse(op, fields);
    if (entry != null) {
      return messages.handle(caller, entry).toCompletableFuture();
    }
    AdminRequest admin = AdminRequest.parse(op, fields);
    if (admin != null) {
      return administer(caller, admin).toCompletableFuture();
    }
    throw new IllegalArgumentException(op);
  }

  private CompletionStage<Reply> administer(Caller caller, AdminRequest request) {
    return switch (request) {
      case AdminRequest.AboutGroup about -> administration.handle(caller, about);
      case AdminRequest.Update update ->
          administration.update(caller, update).thenCompose(Function.identity());
      case AdminRequest.Decide decide ->
          administration.decide(caller, decide).thenCompose(Function.identity());
    };
  }

  /// The reply's data; fails where the request is refused.
  public JsonNode ok(long userId, String op, String data) {
    return data(ask(userId, op, data).join());
  }

  public static JsonNode data(Reply reply) {
    return switch (reply) {
      case Reply.Success(byte[] json) -> {
        try {
          yield Json.mapper().readTree(json);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      case Reply.Failure(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  /// The refusal's code.
  public String refused(long userId, String op, String data) {
    return code(ask(userId, op, data).join());
  }

  public static String code(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).refusal().code().wireName();
  }

  public CompletableFuture<Reply> send(long userId, long groupId, String key, String text) {
    return ask(userId, "message.send", sendJson(groupId, key, text));
  }

  public static String sendJson(long groupId, String key, String text) {
    return """
    {"groupId": "%d", "clientMessageId": "%s", "type": "text", "content": {"text": "%s"}}
    """
        .formatted(groupId, key, text);
  }

  /// Makes users; their ids ascend.
  public List<Long> users(int count) {
    var userIds = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      userIds.add(ids.next());
    }
    try (var connection = database.pool().getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO user (user_id, username, nickname, password_hash, created_at)"
                    + " VALUES (?, ?, ?, '', 0)")) {
      for (long userId : userIds) {
        insert.setLong(1, userId);
        insert.setString(2, "user" + userId);
        insert.setString(3, "nick" + userId);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return userIds;
  }

  /// Makes a group of the users, the first of them its owner, and returns its id.
  public long group(List<Long> userIds) {
    String members =
        String.join(",", userIds.stream().skip(1).map(userId -> "\"" + userId + "\"").toList());
    return ok(
            userIds.getFirst(),
            "group.create",
            """
            {"clientGroupId": "g%d", "name": "group", "memberIds": [%s]}
            """
                .formatted(ids.next(), members))
        .get("group")
        .get("groupId")
        .asLong();
  }

  /// What a query's last column says, row by row, as text; `null` where it is NULL.
  public List<String> query(String sql) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var column = new ArrayList<String>();
      while (rows.next()) {
        column.add(String.valueOf(rows.getString(rows.getMetaData().getColumnCount())));
      }
      connection.rollback();
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public void update(String sql) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public Published published() {
    return published;
  }

  public UploadedMedia media() {
    return media;
  }

  public TestClock clock() {
    return clock;
  }

  public Lanes lanes() {
    return lanes;
  }

  public MeterRegistry meters() {
    return meters;
  }

  public Database database() {
    return database;
  }

  /// Nobody is told of mutes that run out from now on.
  public void stopSweeping() {
    mutes.close();
  }

  @Override
  public void close() {
    mutes.close();
    lanes.close();
    queries.close();
    database.close();
  }
}
