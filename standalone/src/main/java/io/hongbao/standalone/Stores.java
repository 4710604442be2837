package io.hongbao.standalone;

import io.hongbao.common.config.Settings;
import io.hongbao.common.redis.Redis;
import io.hongbao.common.sql.Database;
import io.hongbao.embedded.EmbeddedMariaDb;
import io.hongbao.embedded.EmbeddedRedis;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.media.MediaService;
import io.hongbao.media.store.S3Location;
import io.hongbao.message.MessageService;
import io.hongbao.redpacket.RedPacketService;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
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

  /// Classes of SQLSTATE: a wrong user or password; no such database, or no rights on it.
  private static final String NO_AUTHORIZATION = "28";

  private static final String NO_ACCESS = "42";

  /// Where the embedded database runs, for who looks at it beside the server.
  static final String EMBEDDED_DATABASE = "mariadb.url";

  /// How long the first look at a MySQL of the operator's own may take.
  private static final String CONNECT_MILLIS = "3000";

  /// What the embedded ones need: where their data lie, their passwords, their programs.
  record Ground(DataFolder data, Secrets secrets, RuntimeFolder runtime) {}

  /// Starts MySQL and Redis side by side, and returns when both can be used.
  static Stores start(Settings settings, Ground ground, Parts parts, Progress progress) {
    try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
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
    Thread.ofVirtual()
        .name("start-s3")
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
      String user = settings.require(Settings.MYSQL_USER, "mysql.url is given");
      String password = settings.get(Settings.MYSQL_PASSWORD);
      requireRights(url, user, password);
      return open(settings, url, user, password, parts, "yours, " + shown(url));
    }
    EmbeddedMariaDb server =
        parts.add(
            "MariaDB",
            EmbeddedMariaDb.start(
                ground.runtime(), ground.data().resolve("mariadb"), ground.secrets().database()));
    ground.data().note(EMBEDDED_DATABASE, server.jdbcUrl() + "\n" + server.user() + "\n");
    return open(
        settings,
        server.jdbcUrl(),
        server.user(),
        server.password(),
        parts,
        "embedded MariaDB on 127.0.0.1:" + server.port());
  }

  private static Databases open(
      Settings settings, String url, String user, String password, Parts parts, String place) {
    try {
      int connections = settings.get(Settings.MYSQL_CONNECTIONS);
      Database database =
          parts.add(
              "database", Database.open(url, user, password, connections, MessageService.MAPPERS));
      database.migrate(MessageService.MIGRATIONS);
      int more = settings.get(Settings.REDPACKET_CONNECTIONS);
      Database packets =
          parts.add(
              "red packets' database",
              Database.open(url, user, password, more, RedPacketService.MAPPERS));
      packets.migrate(RedPacketService.MIGRATIONS, RedPacketService.MIGRATION_HISTORY);
      Database media =
          parts.add(
              "media's database",
              Database.open(
                  url,
                  user,
                  password,
                  settings.get(Settings.MEDIA_CONNECTIONS),
                  MediaService.MAPPERS));
      media.migrate(MediaService.MIGRATIONS, MediaService.MIGRATION_HISTORY);
      return new Databases(new Store<>(database, place), packets, media);
    } catch (CannotStartException e) {
      throw e;
    } catch (RuntimeException e) { // whatever pool, driver and migrations throw
      throw new CannotStartException("MySQL cannot be used: " + rootMessage(e), e);
    }
  }

  /// The pool would try again for long what time does not mend.
  private static void requireRights(String url, String user, String password) {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_MILLIS);
    properties.setProperty("socketTimeout", CONNECT_MILLIS);
    try (var _ = DriverManager.getConnection(url, properties)) {
      // it is the attempt that counts
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith(NO_AUTHORIZATION) || state.startsWith(NO_ACCESS)) {
        throw new CannotStartException("MySQL cannot be used: " + e.getMessage(), e);
      }
    }
  }

  private static Store<Redis> redis(Settings settings, Ground ground, Parts parts) {
    String url = settings.get(Settings.REDIS_URL);
    if (!url.isEmpty()) {
      return new Store<>(parts.add("redis", Redis.open(url)), "yours, " + shown(url));
    }
    EmbeddedRedis server =
        parts.add(
            "Redis",
            EmbeddedRedis.start(
                ground.runtime(), ground.data().resolve("redis"), ground.secrets().redis()));
    return new Store<>(
        parts.add("redis", Redis.open(server.url())),
        "embedded Redis on 127.0.0.1:" + server.port());
  }

  private static Store<S3Location> s3(Settings settings, Ground ground, Parts parts) {
    String url = settings.get(Settings.S3_URL);
    if (!url.isEmpty()) {
      return new Store<>(
          location(
              settings,
              url,
              settings.require(Settings.S3_ACCESS_KEY, "s3.url is given"),
              settings.require(Settings.S3_SECRET_KEY, "s3.url is given")),
          "yours, " + shown(url));
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
    return new Store<>(
        location(settings, server.url(), server.accessKey(), server.secretKey()),
        "embedded S3 store on " + server.url().substring(7));
  }

  private static S3Location location(
      Settings settings, String url, String accessKey, String secretKey) {
    String publicUrl = settings.get(Settings.S3_PUBLIC_URL);
    return new S3Location(
        URI.create(url),
        URI.create(publicUrl.isEmpty() ? url : publicUrl),
        settings.get(Settings.S3_REGION),
        settings.get(Settings.S3_BUCKET),
        accessKey,
        secretKey);
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

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
