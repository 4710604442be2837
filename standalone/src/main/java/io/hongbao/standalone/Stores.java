package io.hongbao.standalone;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.common.id.Ids;
import io.hongbao.common.id.NodeLease;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.media.store.S3Location;
import io.hongbao.standalone.MySqlLogin.Tables;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// MySQL and Redis, and the S3 store: the operator's own where their URLs are given, else embedded
/// ones.
record Stores(Store<Database> database, Database packets, Database media, Store<Redis> redis) {

  /// @param client how the services reach it
  /// @param place what it is and where it runs, for people
  record Store<T>(T client, String place) {}

  /// Where the embedded database runs, for who looks at it beside the server.
  static final String EMBEDDED_DATABASE = "mariadb.url";

  static final String EMBEDDED_REDIS_PORT = "redis.port";
  static final String EMBEDDED_S3 = "s3.url";

  /// What the embedded ones need: where their data lie, their passwords, their programs.
  record Ground(DataFolder data, Secrets secrets, RuntimeFolder runtime) {}

  /// Starts MySQL and Redis side by side, and returns when both can be used. On platform threads:
  /// they read the class path, see `ARCHITECTURE.md`.
  static Stores start(Settings settings, Ground ground, Parts parts, Progress progress) {
    try (var starts = Executors.newCachedThreadPool()) {
      Future<Databases> databases =
          starts.submit(() -> progress.step("MySQL", () -> databases(settings, ground, parts)));
      Future<Store<Redis>> redis =
          starts.submit(() -> progress.step("Redis", () -> redis(settings, ground, parts)));
      Databases sql = result(databases);
      return new Stores(sql.messages(), sql.packets(), sql.media(), result(redis));
    }
  }

  /// Starts the S3 store in the background: the chat does without it, and starting it beside the
  /// others would only hold them up.
  ///
  /// @param started completed with it, or with what kept it from starting
  static void startS3(
      Settings settings, Ground ground, Parts parts, CompletableFuture<Store<S3Location>> started) {
    Thread.ofPlatform()
        .name("start-s3")
        .daemon()
        .start(
            () -> {
              try {
                started.complete(s3(settings, ground, parts));
              } catch (RuntimeException e) {
                started.completeExceptionally(e);
              }
            });
  }

  /// Each service has connections of its own, so that none waits for the other's.
  private record Databases(Store<Database> messages, Database packets, Database media) {}

  private static Databases databases(Settings settings, Ground ground, Parts parts) {
    String url = settings.get(Settings.MYSQL_URL);
    if (!url.isEmpty()) {
      return open(settings, MySqlLogin.of(settings), parts, "yours, " + shown(url));
    }
    EmbeddedMariaDb server =
        parts.add(
            "MariaDB",
            EmbeddedMariaDb.start(
                ground.runtime(), ground.data().resolve("mariadb"), ground.secrets().database()));
    ground.data().note(EMBEDDED_DATABASE, server.jdbcUrl() + "\n" + server.user() + "\n");
    return open(
        settings,
        new MySqlLogin(server.jdbcUrl(), server.user(), server.password()),
        parts,
        "embedded MariaDB on 127.0.0.1:" + server.port());
  }

  private static Databases open(Settings settings, MySqlLogin login, Parts parts, String place) {
    return new Databases(
        new Store<>(
            login.open(
                parts,
                "database",
                settings.get(Settings.MYSQL_CONNECTIONS),
                Tables.NODES,
                Tables.MESSAGES),
            place),
        login.open(
            parts,
            "red packets' database",
            settings.get(Settings.REDPACKET_CONNECTIONS),
            Tables.PACKETS),
        login.open(
            parts, "media's database", settings.get(Settings.MEDIA_CONNECTIONS), Tables.MEDIA));
  }

  /// @param database with [NodeLease#MAPPERS]
  static NodeLease leaseNode(Database database, Settings settings, Parts parts) {
    int node = settings.get(Settings.NODE);
    NodeLease lease = NodeLease.start(database, node);
    if (lease == null) {
      throw new CannotStartException(
          node < 0
              ? "All %,d node numbers are in use.".formatted(Ids.NODE_MAX + 1)
              : "Node %d is in use by another process. Stop that one, or give --%s."
                  .formatted(node, Settings.NODE.name()));
    }
    return parts.add("node lease", lease);
  }

  private static Store<Redis> redis(Settings settings, Ground ground, Parts parts) {
    String url = settings.get(Settings.REDIS_URL);
    if (!url.isEmpty()) {
      return new Store<>(ownRedis(settings, parts), "yours, " + shown(url));
    }
    EmbeddedRedis server =
        parts.add(
            "Redis",
            EmbeddedRedis.start(
                ground.runtime(), ground.data().resolve("redis"), ground.secrets().redis()));
    ground.data().note(EMBEDDED_REDIS_PORT, String.valueOf(server.port()));
    return new Store<>(
        parts.add("redis", Redis.open(server.url())),
        "embedded Redis on 127.0.0.1:" + server.port());
  }

  static Redis ownRedis(Settings settings, Parts parts) {
    String url = settings.require(Settings.REDIS_URL, "a node starts no Redis of its own");
    try {
      return parts.add("redis", Redis.open(url));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(Settings.REDIS_URL.name(), String.valueOf(e.getMessage()));
    }
  }

  private static Store<S3Location> s3(Settings settings, Ground ground, Parts parts) {
    String url = settings.get(Settings.S3_URL);
    if (!url.isEmpty()) {
      return new Store<>(ownS3(settings), "yours, " + shown(url));
    }
    Secrets secrets = ground.secrets();
    EmbeddedS3 server =
        parts.add(
            "S3 store",
            EmbeddedS3.start(
                ground.data().resolve("s3"),
                settings.get(Settings.S3_BIND),
                settings.get(Settings.S3_PORT),
                secrets.s3AccessKey(),
                secrets.s3SecretKey()));
    ground.data().note(EMBEDDED_S3, server.url());
    return new Store<>(
        S3Location.of(settings, server.url(), server.accessKey(), server.secretKey()),
        "embedded S3 store on " + server.url().substring(7));
  }

  static S3Location ownS3(Settings settings) {
    return S3Location.of(
        settings,
        settings.get(Settings.S3_URL),
        settings.require(Settings.S3_ACCESS_KEY, "s3.url is given"),
        settings.require(Settings.S3_SECRET_KEY, "s3.url is given"));
  }

  /// Waits for a start and throws what it threw.
  static <T> T result(Future<T> start) {
    try {
      return start.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("Interrupted.", e);
    }
  }

  /// A URL without what may be secret in it.
  private static String shown(String url) {
    return url.replaceFirst("//[^@/]*@", "//").replaceFirst("\\?.*", "");
  }
}
