package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.MediaLibrary.Kind;
import io.hongbao.common.contract.MediaLibrary.Medium;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.Outcome;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.Samples;
import io.hongbao.media.kit.TestMedia;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Tickets, what they allow, and who gets what was uploaded.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class UploadTest {

  private static final long ANN = 1;
  private static final long BOB = 2;
  private static final long EVE = 3;
  private static final int PART_BYTES = 8 << 20;

  private final TestMedia media;

  UploadTest(TestServices services, @TempDir Path folder) {
    this.media =
        TestMedia.start(
            services, folder, Map.of("media.quota-mebibytes", "64", "media.image-bytes", "100000"));
  }

  @AfterAll
  void stop() {
    media.close();
  }

  @Test
  void signsLengthAndTypeForThePublicHost() {
    byte[] content = random(1_000, 1);
    JsonNode ticket = media.prepare(ANN, "file", "application/zip", content);
    assertThat(URI.create(ticket.get("uploadUrl").textValue()).getHost()).isEqualTo("localhost");
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(new byte[999]))).isEqualTo(403);
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(new byte[1_001]))).isEqualTo(403);
    HttpRequest asAPage =
        HttpRequest.newBuilder(URI.create(ticket.get("uploadUrl").textValue()))
            .header("Content-Type", "text/html")
            .PUT(BodyPublishers.ofByteArray(content))
            .build();
    assertThat(TestMedia.send(asAPage).statusCode()).isEqualTo(403);
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(content))).isEqualTo(200);
  }

  @Test
  void storesTheSameContentOfAUserOnce() {
    byte[] content = random(5_000, 2);
    JsonNode first = media.prepare(ANN, "file", "text/plain", content);
    JsonNode again = media.prepare(ANN, "file", "text/plain", content);
    assertThat(again.get("mediaId")).isEqualTo(first.get("mediaId"));
    TestMedia.put(again, BodyPublishers.ofByteArray(content));
    media.ask(ANN, "media.complete", Map.of("mediaId", again.get("mediaId").textValue()));

    JsonNode stored = media.prepare(ANN, "file", "text/plain", content);
    assertThat(stored.toString())
        .isEqualTo("{\"mediaId\":" + first.get("mediaId") + ",\"complete\":true}");
    assertThat(media.prepare(BOB, "file", "text/plain", content).get("mediaId"))
        .isNotEqualTo(first.get("mediaId"));
  }

  @Test
  void givesUrlsToUploaderAndWhoWasSentIt() {
    String mediaId =
        media.complete(ANN, "file", "text/plain", random(100, 3)).get("mediaId").textValue();
    Map<String, Object> which = Map.of("mediaId", mediaId);
    assertThat(media.verdict(ANN, "media.url", which)).isEqualTo("ok");
    assertThat(media.verdict(BOB, "media.url", which)).isEqualTo("forbidden");
    assertThat(media.verdict(BOB, "media.complete", which)).isEqualTo("forbidden");
    media.send(mediaId, BOB);
    assertThat(media.verdict(BOB, "media.url", which)).isEqualTo("ok");
    assertThat(media.verdict(EVE, "media.url", which)).isEqualTo("forbidden");
    media.recall(mediaId, BOB);
    assertThat(media.verdict(BOB, "media.url", which)).isEqualTo("forbidden");
    assertThat(media.verdict(ANN, "media.url", which)).isEqualTo("ok");
    assertThat(media.verdict(ANN, "media.url", Map.of("mediaId", "12"))).isEqualTo("not_found");
  }

  @Test
  void givesAThumbnailToWhoGetsItsPicture() {
    JsonNode picture = media.complete(ANN, "image", "image/png", Samples.picture("png", 50, 50));
    Map<String, Object> small = Map.of("mediaId", picture.get("thumbnailMediaId").textValue());
    assertThat(media.verdict(ANN, "media.url", small)).isEqualTo("ok");
    assertThat(media.verdict(BOB, "media.url", small)).isEqualTo("forbidden");
    media.send(picture.get("mediaId").textValue(), BOB);
    assertThat(media.verdict(BOB, "media.url", small)).isEqualTo("ok");
  }

  @Test
  void answersRangesUnderSignedUrlsAndNothingElse() {
    byte[] content = random(1_000, 4);
    String mediaId = media.complete(ANN, "file", "text/plain", content).get("mediaId").textValue();
    String url = media.ask(ANN, "media.url", Map.of("mediaId", mediaId)).get("url").textValue();
    var range =
        TestMedia.send(
            HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=10-19").build());
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
    String other = url.replace("/media/" + mediaId, "/media/" + (Long.parseLong(mediaId) - 1));
    assertThat(TestMedia.send(HttpRequest.newBuilder(URI.create(other)).build()).statusCode())
        .isEqualTo(403);
    assertThat(
            TestMedia.send(HttpRequest.newBuilder(URI.create(url)).DELETE().build()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesWhatIsTooLargeOrOfNoSuchType() {
    var large = new HashMap<>(TestMedia.announcement("image", "image/png", new byte[1]));
    large.put("bytes", 100_001);
    assertThat(media.verdict(ANN, "media.prepare", large)).isEqualTo("media_too_large");
    for (String type : List.of("image/svg+xml", "text/html", "image", "audio/mpeg", "")) {
      assertThat(
              media.verdict(
                  ANN, "media.prepare", TestMedia.announcement("image", type, new byte[1])))
          .isEqualTo("invalid_argument");
    }
    JsonNode recorded = media.prepare(ANN, "audio", "audio/webm;codecs=opus", random(10, 5));
    assertThat(recorded.get("headers").toString()).isEqualTo("{\"Content-Type\":\"audio/webm\"}");
  }

  @Test
  void keepsAUserWithinTheQuota() {
    long user = 40;
    for (int i = 0; i < 2; i++) {
      var announced = new HashMap<>(TestMedia.announcement("file", "a/b", random(9, 60 + i)));
      announced.put("bytes", 30 << 20);
      assertThat(media.verdict(user, "media.prepare", announced)).isEqualTo("ok");
      assertThat(media.verdict(user, "media.prepare", announced)).isEqualTo("ok");
    }
    var more = new HashMap<>(TestMedia.announcement("file", "a/b", random(9, 70)));
    more.put("bytes", 5 << 20);
    assertThat(media.verdict(user, "media.prepare", more)).isEqualTo("limit_reached");
    more.put("bytes", 4 << 20);
    assertThat(media.verdict(user, "media.prepare", more)).isEqualTo("ok");
  }

  @Test
  void resumesAnUploadInParts() {
    byte[] content = random(2 * PART_BYTES + 77, 7);
    JsonNode ticket = media.prepare(ANN, "file", "application/zip", content);
    Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
    JsonNode page = media.ask(ANN, "media.parts", which);
    assertThat(page.get("partBytes").intValue()).isEqualTo(PART_BYTES);
    assertThat(page.get("parts")).hasSize(3);
    assertThat(put(page, 2, content)).isEqualTo(200);
    assertThat(TestMedia.put(page.get("parts").get(2), BodyPublishers.ofByteArray(new byte[78])))
        .isEqualTo(403);
    assertThat(media.verdict(ANN, "media.complete", which)).isEqualTo("media_mismatch");

    JsonNode rest = media.ask(ANN, "media.parts", which);
    assertThat(StreamSupport.stream(rest.get("parts").spliterator(), false))
        .extracting(part -> part.path("stored").asBoolean())
        .containsExactly(false, true, false);
    assertThat(put(rest, 1, content)).isEqualTo(200);
    assertThat(put(rest, 3, content)).isEqualTo(200);
    JsonNode complete = media.ask(ANN, "media.complete", which);
    assertThat(complete.get("media").get("bytes").intValue()).isEqualTo(content.length);
    assertThat(media.download(ANN, ticket.get("mediaId").textValue()).body()).isEqualTo(content);
    assertThat(media.ask(ANN, "media.parts", which).get("complete").booleanValue()).isTrue();
    assertThat(media.verdict(BOB, "media.parts", which)).isEqualTo("forbidden");
  }

  @Test
  void pagesParts() {
    var announced = new HashMap<>(TestMedia.announcement("file", "a/b", random(9, 8)));
    announced.put("bytes", 3 * PART_BYTES);
    Map<String, Object> which =
        new HashMap<>(
            Map.of(
                "mediaId", media.ask(BOB, "media.prepare", announced).get("mediaId").textValue()));
    which.put("limit", 2);
    JsonNode first = media.ask(BOB, "media.parts", which);
    which.put("cursor", first.get("nextCursor").textValue());
    JsonNode last = media.ask(BOB, "media.parts", which);
    assertThat(first.get("parts")).hasSize(2);
    assertThat(last.get("parts")).hasSize(1);
    assertThat(last.get("parts").get(0).get("number").intValue()).isEqualTo(3);
    assertThat(last.has("nextCursor")).isFalse();
  }

  @Test
  void takesFiftyAtOnce() {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      people.submit(
                          () ->
                              media.complete(
                                  100 + i, "file", "text/plain", random(1_000_000, 900 + i))))
              .toList();
      assertThat(all)
          .allSatisfy(done -> assertThat(done.get().get("bytes").intValue()).isEqualTo(1_000_000));
    }
  }

  @Test
  void takesFiftyAnnouncementsOfOneUserAtOnce() {
    var all =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    media.hand(
                        4, "media.prepare", TestMedia.announcement("file", "a/b", random(9, i))))
            .toList();
    assertThat(all).allSatisfy(done -> assertThat(done.join()).isInstanceOf(Reply.Success.class));
  }

  @Test
  void tellsOtherServicesOfWhatIsCompleteAndOnes() {
    JsonNode complete = media.complete(ANN, "file", "text/plain", random(100, 9));
    assertThat(uploaded(ANN, complete, Kind.FILE))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(((Medium) done.value()).bytes()).isEqualTo(100));
    assertThat(uploaded(ANN, complete, Kind.AVATAR)).isInstanceOf(Outcome.Refused.class);
    assertThat(uploaded(BOB, complete, Kind.FILE)).isInstanceOf(Outcome.Refused.class);
    JsonNode announced = media.prepare(ANN, "file", "text/plain", random(9, 10));
    assertThat(uploaded(ANN, announced, Kind.FILE)).isInstanceOf(Outcome.Refused.class);
  }

  private Outcome<Medium> uploaded(long userId, JsonNode medium, Kind kind) {
    return media.library().uploadedBy(userId, id(medium), kind).toCompletableFuture().join();
  }

  private static long id(JsonNode medium) {
    return Long.parseLong(medium.get("mediaId").textValue());
  }

  private static int put(JsonNode page, int number, byte[] content) {
    JsonNode part = page.get("parts").get(number - 1);
    return TestMedia.put(
        part,
        BodyPublishers.ofByteArray(
            content, (number - 1) * PART_BYTES, part.get("bytes").intValue()));
  }

  private static byte[] random(int length, int seed) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }
}
