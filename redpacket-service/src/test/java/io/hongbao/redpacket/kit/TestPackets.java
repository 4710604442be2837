package io.hongbao.redpacket.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.redpacket.RedPacketConfig;
import io.hongbao.redpacket.RedPacketService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The service on a real database and a real Redis, asked as a client asks. Several may run on one
/// database.
public final class TestPackets implements AutoCloseable {

  private static final AtomicInteger NODES = new AtomicInteger();
  private static final AtomicLong USERS = new AtomicLong(1_000);
  private static final AtomicLong KEYS = new AtomicLong();

  private final Database database;
  private final Redis redis;
  private final FakeGroups groups;
  private final HandPayments payments = new HandPayments();
  private final Published published = new Published();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final RedPacketService service;

  private TestPackets(
      Database database, String redisUrl, FakeGroups groups, Map<String, String> settings) {
    this.database = database;
    this.redis = Redis.open(redisUrl);
    this.groups = groups;
    int node = NODES.getAndIncrement() % Ids.NODE_MAX;
    var withNode = new HashMap<>(settings);
    withNode.put("node", Integer.toString(node));
    this.service =
        RedPacketService.start(
            RedPacketConfig.of(Settings.of(withNode)),
            database,
            redis,
            groups,
            payments,
            published,
            new Ids(node),
            meters);
  }

  public static TestPackets start(TestServices services) {
    return start(services, Map.of());
  }

  public static TestPackets start(TestServices services, Map<String, String> settings) {
    return start(
        services.jdbcUrl(),
        services.user(),
        services.password(),
        services.redisUrl(),
        new FakeGroups(),
        settings);
  }

  public static TestPackets start(
      String url,
      String user,
      String password,
      String redisUrl,
      FakeGroups groups,
      Map<String, String> settings) {
    Database database = Database.open(url, user, password, 8, RedPacketService.MAPPERS);
    database.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
    return new TestPackets(database, redisUrl, groups, settings);
  }

  /// New users, who have so much each.
  public List<Long> users(int count, long fen) {
    var users = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      long user = USERS.incrementAndGet();
      users.add(user);
      if (fen > 0) {
        var _ = ok(user, "wallet.topup", topup(fen, "first"));
      }
    }
    return users;
  }

  /// The tables as the service opens them.
  public static Database database(TestServices services, int connections) {
    return Database.open(
        services.jdbcUrl(),
        services.user(),
        services.password(),
        connections,
        RedPacketService.MAPPERS);
  }

  /// A new group of these users.
  public long group(List<Long> users) {
    long groupId = USERS.incrementAndGet();
    groups.group(groupId, users);
    return groupId;
  }

  public static String topup(long fen, String key) {
    return "{\"amountFen\": %d, \"clientTransferId\": \"%s\"}".formatted(fen, key);
  }

  public static String lucky(long groupId, String key, long totalFen, int count) {
    return send(groupId, key, "lucky", totalFen, count);
  }

  public static String send(long groupId, String key, String kind, long totalFen, int count) {
    return """
        {"groupId": "%d", "clientPacketId": "%s", "kind": "%s", "totalFen": %d, "count": %d,
        "greeting": "good luck"}
        """
        .formatted(groupId, key, kind, totalFen, count);
  }

  /// Sends a lucky packet and returns its id.
  public long packet(long sender, long groupId, long totalFen, int count) {
    return packet(sender, groupId, "lucky", totalFen, count);
  }

  public long packet(long sender, long groupId, String kind, long totalFen, int count) {
    String key = "k" + KEYS.incrementAndGet();
    return ok(sender, "redpacket.send", send(groupId, key, kind, totalFen, count))
        .get("packetId")
        .asLong();
  }

  public CompletableFuture<Reply> ask(long userId, String op, String data) {
    Caller caller = new Caller(userId, userId, "device", "127.0.0.1");
    return service
        .exchange()
        .exchange(new Request(caller, op, data.getBytes(StandardCharsets.UTF_8)))
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS);
  }

  public CompletableFuture<Reply> claim(long userId, String op, long packetId) {
    return ask(userId, op, "{\"packetId\": \"" + packetId + "\"}");
  }

  public JsonNode grab(long userId, long packetId) {
    return data(claim(userId, "redpacket.grab", packetId).join());
  }

  public JsonNode open(long userId, long packetId) {
    return data(claim(userId, "redpacket.open", packetId).join());
  }

  public JsonNode get(long userId, long packetId) {
    return data(claim(userId, "redpacket.get", packetId).join());
  }

  public long balance(long userId) {
    return ok(userId, "wallet.get", "{}").get("balanceFen").asLong();
  }

  public JsonNode ok(long userId, String op, String data) {
    return data(ask(userId, op, data).join());
  }

  public static JsonNode data(Reply reply) {
    return switch (reply) {
      case Reply.Success(byte[] json) -> Published.json(json);
      case Reply.Failure(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  public Refusal refusal(long userId, String op, String data) {
    return refusal(ask(userId, op, data).join());
  }

  public static Refusal refusal(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).refusal();
  }

  public String refused(long userId, String op, String data) {
    return refusal(userId, op, data).code().wireName();
  }

  public String claimRefused(long userId, String op, long packetId) {
    return refusal(claim(userId, op, packetId).join()).code().wireName();
  }

  /// Lets a packet's time be over.
  public void passTime(long packetId) {
    update("UPDATE red_packet SET expire_at = created_at WHERE packet_id = " + packetId);
  }

  /// What a query's last column says, row by row, as text.
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

  public FakeGroups groups() {
    return groups;
  }

  public HandPayments payments() {
    return payments;
  }

  public Published published() {
    return published;
  }

  public Database database() {
    return database;
  }

  public Redis redis() {
    return redis;
  }

  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    service.close();
    redis.close();
    database.close();
  }
}
