package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.MessageService;
import io.hongbao.message.Published;
import io.hongbao.message.account.AccountHandlers;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.log.Lanes;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A message service as far as face to face goes, asked as a client asks: operation and JSON.
/// Several may run on one database and one Redis, as several processes do.
final class FaceService implements AutoCloseable {

  static final Duration TTL = Duration.ofMinutes(3);
  static final int MEMBERS_MAX = 500;
  static final int ADDRESS_PER_MINUTE = 1_000;

  private static final AtomicInteger NODES = new AtomicInteger(100);
  private static final AtomicInteger CODES = new AtomicInteger();

  final Published published;
  final Redis redis;
  final Rooms rooms;
  final Meetings meetings;
  private final Database database;
  private final Queries queries = new Queries(6);
  private final Lanes lanes;
  final Ids ids = new Ids(NODES.getAndIncrement() % Ids.NODE_MAX);
  private final FaceToFace faceToFace;

  private FaceService(
      Database database, Redis redis, Published published, Clock clock, MessageConfig config) {
    this.published = published;
    this.database = database;
    this.redis = redis;
    this.lanes =
        Lanes.start(
            2,
            database,
            new GroupRules(config.recallWindow(), config.editWindow()),
            published,
            published,
            clock,
            new SimpleMeterRegistry());
    var accounts =
        AccountHandlers.of(config, database, redis, new UploadedMedia(), queries, ids, clock);
    this.rooms = new Rooms(redis, ids, clock, config.faceTtl());
    this.meetings = new Meetings(accounts.users(), lanes, ids, config.groupMembersMax());
    this.faceToFace = FaceToFace.of(config, redis, published, lanes, accounts, queries, ids, clock);
  }

  static FaceService start(TestServices services, Clock clock) {
    return with(services).start(clock);
  }

  static Parts with(TestServices services) {
    return new Parts(services);
  }

  /// What a service is made of, where it is not the usual.
  static final class Parts {
    private final TestServices services;
    private String jdbcUrl;
    private String redisUrl;
    private Published published = new Published();
    private int membersMax = MEMBERS_MAX;
    private int addressPerMinute = ADDRESS_PER_MINUTE;

    private Parts(TestServices services) {
      this.services = services;
      this.jdbcUrl = services.jdbcUrl();
      this.redisUrl = services.redisUrl();
    }

    Parts jdbcUrl(String url) {
      jdbcUrl = url;
      return this;
    }

    Parts redisUrl(String url) {
      redisUrl = url;
      return this;
    }

    Parts published(Published shared) {
      published = shared;
      return this;
    }

    Parts membersMax(int count) {
      membersMax = count;
      return this;
    }

    Parts addressPerMinute(int count) {
      addressPerMinute = count;
      return this;
    }

    FaceService start(Clock clock) {
      Database database =
          Database.open(jdbcUrl, services.user(), services.password(), 8, MessageService.MAPPERS);
      database.migrate(MessageService.MIGRATIONS);
      var config =
          new MessageConfig(
              "a secret for tests, long enough for a key",
              Duration.ofDays(7),
              "argon2id:m=64,t=1,p=1",
              addressPerMinute,
              membersMax,
              TTL,
              Duration.ofMinutes(2),
              Duration.ofMinutes(15),
              2,
              6);
      return new FaceService(database, TestRedis.open(redisUrl), published, clock, config);
    }
  }

  /// A code that no other test uses.
  static String freshCode() {
    return "%04d".formatted(CODES.getAndIncrement());
  }

  /// Makes users `Nick 1`, `Nick 2`, …; their ids ascend.
  List<Long> users(int count) {
    return users(IntStream.rangeClosed(1, count).mapToObj(number -> "Nick " + number).toList());
  }

  List<Long> users(List<String> nicknames) {
    var userIds = new ArrayList<Long>();
    try (var connection = database.pool().getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO user (user_id, username, nickname, password_hash, created_at)"
                    + " VALUES (?, ?, ?, '', 0)")) {
      for (String nickname : nicknames) {
        long userId = ids.next();
        userIds.add(userId);
        insert.setLong(1, userId);
        insert.setString(2, "user" + userId);
        insert.setString(3, nickname);
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return userIds;
  }

  CompletableFuture<Reply> ask(long userId, String op, String data) {
    return ask(new Caller(userId, userId, "device", "192.0.2.1"), op, data);
  }

  CompletableFuture<Reply> ask(Caller caller, String op, String data) {
    FaceRequest request = FaceRequest.parse(op, Fields.of(data.getBytes(StandardCharsets.UTF_8)));
    return faceToFace
        .handle(caller, Objects.requireNonNull(request))
        .thenCompose(Function.identity())
        .toCompletableFuture();
  }

  /// The reply's data; fails where the request is refused.
  JsonNode ok(long userId, String op, String data) {
    return data(ask(userId, op, data).join());
  }

  JsonNode enter(long userId, String code) {
    return ok(userId, "face.enter", code(code));
  }

  JsonNode enter(long userId, String code, double latitude, double longitude) {
    return ok(
        userId,
        "face.enter",
        "{\"code\": \"%s\", \"latitude\": %s, \"longitude\": %s}"
            .formatted(code, latitude, longitude));
  }

  JsonNode confirm(long userId, String code) {
    return ok(userId, "face.confirm", code(code));
  }

  JsonNode leave(long userId, String code) {
    return ok(userId, "face.leave", code(code));
  }

  static String code(String code) {
    return "{\"code\": \"" + code + "\"}";
  }

  static JsonNode data(Reply reply) {
    return switch (reply) {
      case Reply.Success(byte[] json) -> read(json);
      case Reply.Failure(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  static Refusal refusal(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).refusal();
  }

  /// The code by which a request is refused.
  String refused(long userId, String op, String data) {
    return refusal(ask(userId, op, data).join()).code().wireName();
  }

  /// The ids of those who wait, by a reply or an event.
  static List<Long> waiting(JsonNode data) {
    var userIds = new ArrayList<Long>();
    data.get("waiting").forEach(user -> userIds.add(user.get("userId").asLong()));
    return userIds;
  }

  /// The last event, or a missing node where there is none yet.
  JsonNode lastEvent(String code, @Nullable Long userId) {
    List<JsonNode> events = events(code, userId);
    return events.isEmpty() ? MissingNode.getInstance() : events.getLast();
  }

  /// The `data` of the events `face` of a code, in the order published, to this user or to all.
  List<JsonNode> events(String code, @Nullable Long userId) {
    var events = new ArrayList<JsonNode>();
    for (var delivery : published.all()) {
      if (delivery instanceof UserSignal signal
          && (userId == null || signal.userIds().contains(userId))) {
        JsonNode event = read(signal.event());
        assertThat(event.get("event").textValue()).isEqualTo("face");
        if (event.get("data").get("code").textValue().equals(code)) {
          events.add(event.get("data"));
        }
      }
    }
    return events;
  }

  /// What a query's first column says, row by row, as text; `null` where it is NULL.
  List<String> query(String sql) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var column = new ArrayList<String>();
      while (rows.next()) {
        column.add(String.valueOf(rows.getString(1)));
      }
      connection.rollback();
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// The members of the one group that a code has led to; fails where there is not one group, one
  /// row of `random_code`, and a log without gaps.
  List<Long> membersOfTheOneGroup(String code) {
    List<String> groups = query("SELECT group_id FROM random_code WHERE code = '" + code + "'");
    assertThat(groups).hasSize(1);
    String groupId = groups.getFirst();
    List<Long> members =
        query("SELECT user_id FROM group_member WHERE group_id = " + groupId).stream()
            .map(Long::valueOf)
            .toList();
    assertThat(
            query(
                "SELECT CONCAT_WS(' ', member_count, last_seq) FROM chat_group WHERE group_id = "
                    + groupId))
        .containsExactly(members.size() + " " + members.size());
    assertThat(query("SELECT COUNT(*) FROM message WHERE group_id = " + groupId))
        .containsExactly(String.valueOf(members.size()));
    return members;
  }

  private static JsonNode read(byte[] json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Cuts it off from MySQL and Redis in the middle of whatever it does.
  void kill() {
    database.close();
    redis.close();
  }

  @Override
  public void close() {
    lanes.close();
    queries.close();
    redis.close();
    database.close();
  }
}
