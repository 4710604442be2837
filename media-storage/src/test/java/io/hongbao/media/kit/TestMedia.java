package io.hongbao.media.kit;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.MediaLibrary;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.SentMedia;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Database;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.EmbeddedS3;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.MediaConfig;
import io.hongbao.media.MediaService;
import io.hongbao.media.store.S3Location;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A media storage on a real database and a real S3 store, with clients that upload and download
/// over HTTP as the signed URLs say.
public final class TestMedia implements AutoCloseable {

  private static final AtomicInteger NODES = new AtomicInteger(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// Who was sent what: `user/medium`.
  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  private final Database database;
  private final Path folder;
  private final S3Location location;
  private final MediaService service;
  private final Exchange exchange;
  private EmbeddedS3 s3;

  private TestMedia(
      Database database, Path folder, EmbeddedS3 s3, S3Location location, MediaService service) {
    this.database = database;
    this.folder = folder;
    this.s3 = s3;
    this.location = location;
    this.service = service;
    SentMedia who =
        (userId, mediaId) -> completedFuture(Outcome.done(sent.contains(userId + "/" + mediaId)));
    this.exchange = service.exchange(who);
  }

  public static TestMedia start(TestServices services, Path folder, Map<String, String> settings) {
    EmbeddedS3 s3 = s3(folder, 0);
    URI url = URI.create(s3.url());
    URI publicUrl = URI.create("http://localhost:" + url.getPort());
    var location = new S3Location(url, publicUrl, "us-east-1", "hongbao", "key", "secret-key");
    return start(services, folder, settings, s3, location, completedFuture(location));
  }

  /// Another service on the same database and S3 store.
  public TestMedia startTwin(TestServices services) {
    return startTwin(services, completedFuture(location));
  }

  /// The same, with a store that is up for it once this is completed.
  public TestMedia startTwin(TestServices services, CompletableFuture<S3Location> located) {
    return start(services, folder.resolve("twin"), Map.of(), s3, location, located);
  }

  private static TestMedia start(
      TestServices services,
      Path folder,
      Map<String, String> settings,
      EmbeddedS3 s3,
      S3Location location,
      CompletableFuture<S3Location> located) {
    Database database =
        Database.open(
            services.jdbcUrl(), services.user(), services.password(), 8, MediaService.MAPPERS);
    database.migrate(MediaService.MIGRATIONS, MediaService.MIGRATION_HISTORY);
    var all = new HashMap<>(Map.of("media.connections", "8"));
    all.putAll(settings);
    MediaService service =
        MediaService.start(
            MediaConfig.of(Settings.of(all)),
            database,
            located,
            folder.resolve("checks"),
            new Ids(NODES.getAndIncrement()),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    return new TestMedia(database, folder, s3, location, service);
  }

  private static EmbeddedS3 s3(Path folder, int port) {
    return EmbeddedS3.start(folder.resolve("s3"), "127.0.0.1", port, "key", "secret-key");
  }

  /// Starts the store again where it was.
  public void restartS3() {
    s3 = s3(folder, location.url().getPort());
  }

  public S3Location location() {
    return location;
  }

  public MediaLibrary library() {
    return service.library();
  }

  public Database database() {
    return database;
  }

  public EmbeddedS3 s3() {
    return s3;
  }

  /// From now on the user may read an entry that holds the medium.
  public void send(String mediaId, long userId) {
    sent.add(userId + "/" + mediaId);
  }

  public void recall(String mediaId, long userId) {
    sent.remove(userId + "/" + mediaId);
  }

  public CompletableFuture<Reply> hand(long userId, String op, Map<String, Object> data) {
    var caller = new Caller(userId, userId, "device", "127.0.0.1");
    return exchange
        .exchange(new Request(caller, op, Json.bytes(data)))
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS);
  }

  /// The reply's data.
  public JsonNode ask(long userId, String op, Map<String, Object> data) {
    return switch (hand(userId, op, data).join()) {
      case Reply.Success(byte[] json) -> json(json);
      case Reply.Failure(var refusal) -> throw new AssertionError(op + ": " + refusal);
    };
  }

  /// The code of a refusal, or `ok`.
  public String verdict(long userId, String op, Map<String, Object> data) {
    return switch (hand(userId, op, data).join()) {
      case Reply.Success _ -> "ok";
      case Reply.Failure(var refusal) -> refusal.code().wireName();
    };
  }

  public static Map<String, Object> announcement(String kind, String contentType, byte[] content) {
    return Map.of(
        "kind",
        kind,
        "contentType",
        contentType,
        "bytes",
        content.length,
        "sha256",
        sha256(content));
  }

  public JsonNode prepare(long userId, String kind, String contentType, byte[] content) {
    return ask(userId, "media.prepare", announcement(kind, contentType, content));
  }

  /// Announces and uploads, and returns the medium's id.
  public String upload(long userId, String kind, String contentType, byte[] content) {
    JsonNode ticket = prepare(userId, kind, contentType, content);
    int status = put(ticket, BodyPublishers.ofByteArray(content));
    if (status != 200) {
      throw new AssertionError("upload answered " + status);
    }
    return ticket.get("mediaId").textValue();
  }

  /// The same, and has it checked; returns the `media` of the reply.
  public JsonNode complete(long userId, String kind, String contentType, byte[] content) {
    String mediaId = upload(userId, kind, contentType, content);
    return ask(userId, "media.complete", Map.of("mediaId", mediaId)).get("media");
  }

  /// Sends a body as a ticket (a `media.prepare`'s reply, or a part) says; returns the status.
  public static int put(JsonNode ticket, BodyPublisher body) {
    var request = HttpRequest.newBuilder(URI.create(ticket.get("uploadUrl").textValue()));
    ticket
        .get("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().textValue()));
    return send(request.method(ticket.get("method").textValue(), body).build()).statusCode();
  }

  public HttpResponse<byte[]> download(long userId, String mediaId) {
    String url = ask(userId, "media.url", Map.of("mediaId", mediaId)).get("url").textValue();
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  public static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JsonNode json(byte[] json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    service.close();
    s3.close();
    database.close();
  }
}
