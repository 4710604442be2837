package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Settings;
import io.hongbao.common.error.RootCause;
import io.hongbao.media.store.ObjectStore;
import io.hongbao.media.store.S3Location;
import io.hongbao.media.store.SignedRequest;
import io.hongbao.media.store.StoreAwayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The S3 store: does what a client does, at the URL that clients are given. A small object is put,
/// read and deleted.
final class S3Check {

  private static final String SUBJECT = "S3";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration URL_TTL = Duration.ofMinutes(5);
  private static final String CONTENT_TYPE = "text/plain";
  private static final byte[] CONTENT =
      "Hongbao looks after itself.".getBytes(StandardCharsets.UTF_8);

  /// Where a page that sends media may come from.
  private static final String ORIGIN = "https://chat.example.org";

  private final S3Location location;
  private final ObjectStore store;
  private final HttpClient http;
  private final Clock clock;
  private final String key = "uploads/doctor-" + UUID.randomUUID();
  private final List<Finding> found = new ArrayList<>();

  private S3Check(S3Location location, ObjectStore store, HttpClient http, Clock clock) {
    this.location = location;
    this.store = store;
    this.http = http;
    this.clock = clock;
  }

  static List<Finding> of(Settings settings, Clock clock) {
    String url = settings.get(Settings.S3_URL);
    if (url.isEmpty()) {
      return List.of(Finding.warning(SUBJECT, "is not looked at: s3.url is not given"));
    }
    S3Location location =
        S3Location.of(
            settings,
            url,
            settings.get(Settings.S3_ACCESS_KEY),
            settings.get(Settings.S3_SECRET_KEY));
    try (var store = new ObjectStore(CompletableFuture.completedFuture(location));
        var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      var check = new S3Check(location, store, http, clock);
      check.look();
      return check.found;
    }
  }

  private void look() {
    try {
      var _ = store.find(key);
    } catch (StoreAwayException e) {
      found.add(
          Finding.failure(
              SUBJECT,
              "cannot be used at s3.url %s (%s): check it, the keys and the region, and that it runs"
                  .formatted(location.url(), RootCause.message(e))));
      return;
    }
    found.add(Finding.ok(SUBJECT, "the bucket %s is there".formatted(location.bucket())));
    try {
      lookAsClient();
    } catch (IOException e) {
      found.add(
          Finding.failure(
              SUBJECT,
              "cannot be reached at s3.public-url %s (%s): clients cannot, either; give a URL that they reach"
                  .formatted(location.publicUrl(), e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void lookAsClient() throws IOException, InterruptedException {
    SignedRequest upload = store.signUpload(key, CONTENT_TYPE, CONTENT.length, URL_TTL);
    HttpRequest.Builder put =
        request(upload.url()).header("Origin", ORIGIN).PUT(BodyPublishers.ofByteArray(CONTENT));
    upload.headers().forEach(put::header);
    Instant asked = clock.instant();
    HttpResponse<byte[]> stored = http.send(put.build(), BodyHandlers.ofByteArray());
    Instant answered = clock.instant();
    if (stored.statusCode() != 200) {
      found.add(
          Finding.failure(
              SUBJECT,
              ("refuses an upload at s3.public-url %s with status %d: a proxy in between must keep the"
                      + " Host header and the path, and the clocks must agree")
                  .formatted(location.publicUrl(), stored.statusCode())));
      return;
    }
    try {
      String signed = store.signDownload(key, null, URL_TTL).url();
      HttpResponse<byte[]> read = http.send(request(signed).build(), BodyHandlers.ofByteArray());
      found.add(
          Finding.require(
              read.statusCode() == 200 && Arrays.equals(read.body(), CONTENT),
              SUBJECT,
              "clients upload and download at " + location.publicUrl(),
              "what was uploaded at %s does not come back (status %d)"
                  .formatted(location.publicUrl(), read.statusCode())));
      String bare = signed.replaceFirst("\\?.*", "");
      int anonymous = http.send(request(bare).build(), BodyHandlers.discarding()).statusCode();
      found.add(
          Finding.require(
              anonymous != 200,
              SUBJECT,
              "nothing is given without a signature",
              "gives media to everybody: make the bucket %s private".formatted(location.bucket())));
      crossOrigin(upload, stored);
    } finally {
      store.delete(key);
    }
    stored.headers().firstValue("date").ifPresent(date -> clock(date, asked, answered));
    reach();
  }

  /// What a browser asks before a page of another origin may put, and what it must hear.
  private void crossOrigin(SignedRequest upload, HttpResponse<?> stored)
      throws IOException, InterruptedException {
    HttpRequest preflight =
        request(upload.url())
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type")
            .method("OPTIONS", BodyPublishers.noBody())
            .build();
    HttpResponse<Void> allowed = http.send(preflight, BodyHandlers.discarding());
    found.add(
        Finding.advise(
            allowed.statusCode() / 100 == 2 && allows(allowed) && allows(stored),
            SUBJECT,
            "pages of any origin may upload",
            "pages of other origins cannot upload: allow GET and PUT with Content-Type (CORS) for the"
                + " page's origin, unless that alone is allowed"));
  }

  private static boolean allows(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("access-control-allow-origin")
        .filter(origin -> origin.equals("*") || origin.equals(ORIGIN))
        .isPresent();
  }

  private void clock(String date, Instant asked, Instant answered) {
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      // The header leaves the fraction out.
      found.add(ClockCheck.of(SUBJECT, theirs.plusMillis(500), asked, answered));
    } catch (DateTimeParseException _) {
      // no clock to compare with
    }
  }

  private void reach() {
    try {
      InetAddress[] addresses = InetAddress.getAllByName(location.publicUrl().getHost());
      boolean loopback = Stream.of(addresses).allMatch(InetAddress::isLoopbackAddress);
      found.add(
          Finding.advise(
              !loopback,
              SUBJECT,
              "clients elsewhere may reach it",
              "s3.public-url %s is for clients on the same machine alone: give the address that others reach"
                  .formatted(location.publicUrl())));
    } catch (UnknownHostException _) {
      // it was reached just now
    }
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
  }
}
