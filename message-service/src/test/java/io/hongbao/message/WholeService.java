package io.hongbao.message;

import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.GroupLog;
import io.hongbao.common.contract.Memberships;
import io.hongbao.common.contract.Push;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.UnreadMembers;
import io.hongbao.common.id.Ids;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.media.UploadedMedia;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The message service as a server starts it, with the default settings, asked through its
/// exchange. Several may run on one database.
public final class WholeService implements AutoCloseable {

  /// The numbers of its processes in ids, which no [TestService] on the same database has.
  private static final AtomicInteger NODES = new AtomicInteger(Ids.NODE_MAX - 100);

  private static final int CONNECTIONS = 8;

  private final Database database;
  private final Redis redis;
  private final MessageService service;

  private WholeService(Database database, Redis redis, Push push, Clock clock) {
    this.database = database;
    this.redis = redis;
    this.service =
        MessageService.start(
            MessageConfig.of(Settings.of(Map.of("auth.token-secret", "s".repeat(32)))),
            database,
            redis,
            push,
            new UploadedMedia(),
            new Ids(NODES.getAndIncrement()),
            clock,
            new SimpleMeterRegistry());
  }

  public static WholeService start(TestServices services, Clock clock) {
    return start(services, services.jdbcUrl(), CONNECTIONS, new Published(), clock);
  }

  /// On a way to the database that is not the usual, telling `push`.
  public static WholeService start(TestServices services, String jdbcUrl, Push push, Clock clock) {
    return start(services, jdbcUrl, CONNECTIONS, push, clock);
  }

  /// With so many connections to the database.
  public static WholeService start(TestServices services, int connections, Clock clock) {
    return start(services, services.jdbcUrl(), connections, new Published(), clock);
  }

  private static WholeService start(
      TestServices services, String jdbcUrl, int connections, Push push, Clock clock) {
    Database database =
        Database.open(
            jdbcUrl, services.user(), services.password(), connections, MessageService.MAPPERS);
    database.migrate(MessageService.MIGRATIONS);
    return new WholeService(database, Redis.open(services.redisUrl()), push, clock);
  }

  /// The reply to come; fails where it takes longer than any should.
  public CompletableFuture<Reply> ask(Caller caller, String op, String data) {
    return ask(new Request(caller, op, data.getBytes(StandardCharsets.UTF_8)));
  }

  public CompletableFuture<Reply> ask(Request request) {
    return service
        .exchange()
        .exchange(request)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS);
  }

  public Memberships memberships() {
    return service.memberships();
  }

  public GroupLog groupLog() {
    return service.groupLog();
  }

  public UnreadMembers unreadMembers() {
    return service.unreadMembers();
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() {
    service.close();
    redis.close();
    database.close();
  }
}
