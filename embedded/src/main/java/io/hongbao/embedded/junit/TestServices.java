package io.hongbao.embedded.junit;

import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedRedisCluster;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a test class has for itself: an empty database and an empty Redis, by their URLs.
///
/// For tests of outages it may also start servers that nobody else uses, and stop and start those
/// as it likes. All of it ends with the test class.
public final class TestServices implements AutoCloseable {

  private static final int NAME_CHARACTERS_MAX = 40;

  /// A busy machine is no reason for a test to go on without Redis.
  private static final String PATIENCE = "?timeout=20s";

  private final Servers servers;
  private final int number;
  private final String database;
  private final String redisUrl;
  private final boolean ownsServers;
  private @Nullable EmbeddedRedis privateRedis;
  private @Nullable EmbeddedRedisCluster privateRedisCluster;
  private @Nullable PrivateDatabase privateDatabase;

  private TestServices(Servers servers, int number, String database, boolean ownsServers) {
    this.servers = servers;
    this.number = number;
    this.database = database;
    this.redisUrl = servers.redis().emptyUrl(number) + PATIENCE;
    this.ownsServers = ownsServers;
  }

  /// For tests of an engine that knows no Jupiter extension (jqwik): with servers of their own,
  /// which end with [#close].
  public static TestServices startAlone(Class<?> testClass) {
    return create(Servers.start(), testClass.getSimpleName(), true);
  }

  static TestServices create(Servers servers, String className) {
    return create(servers, className, false);
  }

  private static TestServices create(Servers servers, String className, boolean ownsServers) {
    int number = servers.nextNumber();
    String plain = className.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String name = plain.substring(0, Math.min(NAME_CHARACTERS_MAX, plain.length()));
    String database = "hongbao_%s_%d".formatted(name, number);
    servers.database().create(database);
    return new TestServices(servers, number, database, ownsServers);
  }

  /// Whether the pass runs on MySQL, not on MariaDB.
  public static boolean isMySql() {
    return "mysql".equals(System.getProperty("hongbao.test.database"));
  }

  public String jdbcUrl() {
    return servers.database().jdbcUrl().apply(database);
  }

  public String user() {
    return servers.database().user();
  }

  public String password() {
    return servers.database().password();
  }

  public String redisUrl() {
    return redisUrl;
  }

  /// A Redis of this class alone, started when first asked for; the test stops it with
  /// [EmbeddedRedis#stop] and starts it again, on the same port, with [EmbeddedRedis#restart].
  public synchronized EmbeddedRedis privateRedis() {
    EmbeddedRedis started = privateRedis;
    if (started == null) {
      started =
          EmbeddedRedis.start(
              servers.runtime(), servers.data().resolve("redis-" + number), Servers.PASSWORD);
      privateRedis = started;
    }
    return started;
  }

  /// A Redis Cluster of this class alone, started when first asked for; the test stops and starts
  /// its masters.
  public synchronized EmbeddedRedisCluster privateRedisCluster() {
    EmbeddedRedisCluster started = privateRedisCluster;
    if (started == null) {
      started =
          EmbeddedRedisCluster.start(
              servers.runtime(), servers.data().resolve("cluster-" + number), Servers.PASSWORD);
      privateRedisCluster = started;
    }
    return started;
  }

  /// A database server of this class alone, started when first asked for.
  public synchronized PrivateDatabase privateDatabase() {
    PrivateDatabase started = privateDatabase;
    if (started == null) {
      started = PrivateDatabase.start(servers, servers.data().resolve("database-" + number));
      privateDatabase = started;
    }
    return started;
  }

  @Override
  public synchronized void close() throws IOException {
    if (privateRedis != null) {
      privateRedis.close();
    }
    if (privateRedisCluster != null) {
      privateRedisCluster.close();
    }
    if (privateDatabase != null) {
      privateDatabase.close();
    }
    servers.database().drop(database);
    if (ownsServers) {
      servers.close();
    }
  }
}
