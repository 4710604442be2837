package io.hongbao.message.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Identity.Authenticated;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Queries;
import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.MessageConfig;
import io.hongbao.message.TestClock;
import io.hongbao.message.account.AccountRequest.CreateAccount;
import io.hongbao.message.account.AccountRequest.CreateToken;
import io.hongbao.message.media.UploadedMedia;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/// The accounts of a small service with a clock that is moved by hand, asked as a gateway asks.
final class TestAccounts implements AutoCloseable {

  static final String CHEAP_HASH = "argon2id:m=64,t=1,p=1";
  static final String SECRET = "a secret for tests, long enough for a key";
  static final int ADDRESS_PER_MINUTE = 1_000;

  private static final int CONNECTIONS = 8;

  final TestClock clock = new TestClock();
  final UploadedMedia media = new UploadedMedia();
  private final Database database;
  private final Redis redis;
  private final Queries queries;
  private final AccountHandlers handlers;

  private TestAccounts(Database database, Redis redis, MessageConfig config) {
    this.database = database;
    this.redis = redis;
    this.queries = new Queries(CONNECTIONS);
    this.handlers = AccountHandlers.of(config, database, redis, media, queries, new Ids(1), clock);
  }

  static TestAccounts on(TestServices services) {
    return with(services, CHEAP_HASH, ADDRESS_PER_MINUTE);
  }

  static TestAccounts with(TestServices services, String passwordHash, int addressPerMinute) {
    return on(
        Database.open(
            services.jdbcUrl(),
            services.user(),
            services.password(),
            CONNECTIONS,
            AccountHandlers.MAPPERS),
        Redis.open(services.redisUrl()),
        passwordHash,
        addressPerMinute);
  }

  static TestAccounts on(
      Database database, Redis redis, String passwordHash, int addressPerMinute) {
    database.migrate("db/message");
    var config =
        new MessageConfig(
            SECRET,
            Duration.ofDays(7),
            passwordHash,
            addressPerMinute,
            500,
            Duration.ofMinutes(3),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            1,
            CONNECTIONS);
    return new TestAccounts(database, redis, config);
  }

  Reply create(String username, String password) {
    return join(startCreating(username, password));
  }

  CompletionStage<Reply> startCreating(String username, String password) {
    return handlers
        .accounts()
        .handle(Caller.anonymous("192.0.2.1"), new CreateAccount(username, password, "Nick"));
  }

  Reply create(String address, String username, String password, String nickname) {
    return join(
        handlers
            .accounts()
            .handle(Caller.anonymous(address), new CreateAccount(username, password, nickname)));
  }

  Reply token(String username, String password) {
    return join(startLogin(username, password));
  }

  CompletionStage<Reply> startLogin(String username, String password) {
    return handlers
        .accounts()
        .handle(Caller.anonymous("192.0.2.1"), new CreateToken(username, password));
  }

  Outcome<Authenticated> authenticate(String token) {
    return join(handlers.accounts().authenticate(token));
  }

  /// A request of a user, as it came over the wire.
  Reply ask(long userId, String op, Object data) {
    UserRequest request = UserRequest.parse(op, Fields.of(Json.bytes(data)));
    var caller = new Caller(userId, 1, "device", "192.0.2.1");
    return join(handlers.users().handle(caller, Objects.requireNonNull(request)));
  }

  /// Makes an account with the password `password`.
  long user(String username) {
    return userIdOf(create(username, "password"));
  }

  void disable(long userId) throws SQLException {
    execute("UPDATE user SET disabled_at = 1 WHERE user_id = " + userId);
  }

  void execute(String sql) throws SQLException {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }

  /// One value of one row.
  String value(String sql) throws SQLException {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  Redis redis() {
    return redis;
  }

  static JsonNode data(Reply reply) {
    return switch (reply) {
      case Reply.Success(var bytes) -> read(bytes);
      case Reply.Failure(var refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  static Refusal refusal(Reply reply) {
    return switch (reply) {
      case Reply.Success(var bytes) ->
          throw new AssertionError("succeeded: " + new String(bytes, StandardCharsets.UTF_8));
      case Reply.Failure(var refusal) -> refusal;
    };
  }

  static long userIdOf(Reply reply) {
    return Long.parseLong(data(reply).path("userId").textValue());
  }

  static String tokenOf(Reply reply) {
    return data(reply).path("token").textValue();
  }

  static JsonNode read(byte[] json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Override
  public void close() {
    queries.close();
    redis.close();
    database.close();
  }
}
