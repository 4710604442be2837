package io.hongbao.media.upload;

import static io.hongbao.media.kit.Samples.mp3;
import static io.hongbao.media.kit.Samples.mp4;
import static io.hongbao.media.kit.Samples.opus;
import static io.hongbao.media.kit.Samples.picture;
import static io.hongbao.media.kit.Samples.wav;
import static io.hongbao.media.kit.Samples.webm;
import static io.hongbao.media.kit.Samples.webp;
import static io.hongbao.media.kit.Samples.withPlace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.wire.Json;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.TestMedia;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of sound uploads, and of those that are not what was announced.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class CompleteTest {

  private static final long ANN = 1;

  private final TestMedia media;

  CompleteTest(TestServices services, @TempDir Path folder) {
    this.media = TestMedia.start(services, folder, Map.of());
  }

  @AfterAll
  void stop() {
    media.close();
  }

  static Stream<Arguments> media() {
    return Stream.of(
        arguments("image", "image/png", picture("png", 1_000, 400), 1_000, 400, null),
        arguments("image", "image/jpeg", picture("jpg", 300, 700), 300, 700, null),
        arguments("image", "image/gif", picture("gif", 30, 20), 30, 20, null),
        arguments("image", "image/webp", webp(), 4, 1, null),
        arguments("avatar", "image/png", picture("png", 64, 64), 64, 64, null),
        arguments("audio", "audio/wav", wav(1_500), null, null, 1_500L),
        arguments("audio", "audio/mpeg", mp3(100), null, null, 2_612L),
        arguments("audio", "audio/ogg", opus(2_500), null, null, 2_500L),
        arguments("audio", "audio/mp4", mp4(0, 0, 3_000), null, null, 3_000L),
        arguments("audio", "audio/webm", webm(1_000), null, null, 1_000L),
        arguments("video", "video/mp4", mp4(640, 480, 7_250), 640, 480, 7_250L),
        arguments("video", "video/webm", webm(400), 320, 240, 400L),
        arguments("file", "application/x-anything", new byte[] {1, 2, 3}, null, null, null));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("media")
  void tellsWhatItIs(
      String kind,
      String type,
      byte[] content,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Long durationMs) {
    JsonNode complete = media.complete(ANN, kind, type, content);
    assertThat(complete.get("kind").textValue()).isEqualTo(kind);
    assertThat(complete.get("contentType").textValue()).isEqualTo(type);
    assertThat(complete.get("bytes").longValue()).isEqualTo(content.length);
    assertThat(number(complete, "width")).isEqualTo(width == null ? null : (long) width);
    assertThat(number(complete, "height")).isEqualTo(height == null ? null : (long) height);
    assertThat(number(complete, "durationMs")).isEqualTo(durationMs);
    boolean shown = type.startsWith("image/");
    assertThat(complete.has("thumbnailMediaId")).isEqualTo(shown);

    var got = media.download(ANN, complete.get("mediaId").textValue());
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("Content-Type")).contains(type);
    assertThat(got.body()).isEqualTo(content);
  }

  @Test
  void makesAThumbnail() throws IOException {
    JsonNode complete = media.complete(ANN, "image", "image/png", picture("png", 2_000, 500));
    BufferedImage small = image(complete.get("thumbnailMediaId").textValue());
    assertThat(small.getWidth()).isEqualTo(480);
    assertThat(small.getHeight()).isEqualTo(120);
    assertThat(isNear(small.getRGB(10, 60), Color.RED)).isTrue();
    assertThat(isNear(small.getRGB(470, 60), Color.BLUE)).isTrue();
  }

  @Test
  void leavesThePlaceOutAndKeepsHowAPictureIsTurned() throws IOException {
    byte[] turned = withPlace(picture("jpg", 600, 400), 6);
    JsonNode complete = media.complete(ANN, "image", "image/jpeg", turned);
    assertThat(complete.get("width").intValue()).isEqualTo(400);
    assertThat(complete.get("height").intValue()).isEqualTo(600);
    assertThat(complete.get("bytes").intValue()).isLessThan(turned.length);
    BufferedImage small = image(complete.get("thumbnailMediaId").textValue());
    assertThat(small.getHeight()).isGreaterThan(small.getWidth());
    assertThat(isNear(small.getRGB(160, 20), Color.RED)).isTrue(); // what was left is above

    byte[] got = media.download(ANN, complete.get("mediaId").textValue()).body();
    assertThat(new String(got, StandardCharsets.ISO_8859_1))
        .contains("Exif\0\0MM\0*\0\0\0\b\0\1\1\22\0\3\0\0\0\1\0\6")
        .doesNotContain("\u0088%"); // the tag of the GPS directory
  }

  @Test
  void keepsThePlaceWhereAsked() {
    byte[] placed = withPlace(picture("jpg", 60, 40), 1);
    var asked = new HashMap<>(TestMedia.announcement("image", "image/jpeg", placed));
    asked.put("keepLocation", true);
    JsonNode ticket = media.ask(ANN, "media.prepare", asked);
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(placed))).isEqualTo(200);
    Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
    media.ask(ANN, "media.complete", which);
    assertThat(media.download(ANN, ticket.get("mediaId").textValue()).body()).isEqualTo(placed);
  }

  @Test
  void refusesOtherBytesAndTakesTheRightOnesAfter() {
    byte[] content = picture("png", 31, 17);
    JsonNode ticket = media.prepare(ANN, "image", "image/png", content);
    Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
    assertThat(media.verdict(ANN, "media.complete", which)).isEqualTo("media_mismatch");

    byte[] other = content.clone();
    other[other.length - 20] ^= 1;
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(other))).isEqualTo(200);
    assertThat(media.verdict(ANN, "media.complete", which)).isEqualTo("media_mismatch");
    assertThat(media.verdict(ANN, "media.url", which)).isEqualTo("not_found");

    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(content))).isEqualTo(200);
    JsonNode complete = media.ask(ANN, "media.complete", which);
    assertThat(media.ask(ANN, "media.complete", which)).isEqualTo(complete);
  }

  @Test
  void keepsWhatWasCheckedWhateverIsUploadedLater() {
    byte[] content = {5, 6, 7, 8};
    JsonNode ticket = media.prepare(ANN, "file", "text/plain", content);
    String mediaId = ticket.get("mediaId").textValue();
    TestMedia.put(ticket, BodyPublishers.ofByteArray(content));
    media.ask(ANN, "media.complete", Map.of("mediaId", mediaId));
    assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(new byte[4]))).isEqualTo(200);
    assertThat(media.download(ANN, mediaId).body()).isEqualTo(content);
  }

  @Test
  void answersAllAlikeWhoAskAtOnce() {
    String mediaId = media.upload(ANN, "image", "image/png", picture("png", 700, 700));
    Map<String, Object> which = Map.of("mediaId", mediaId);
    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 8).mapToObj(_ -> media.hand(ANN, "media.complete", which)).toList();
    JsonNode complete = media.ask(ANN, "media.complete", which);
    assertThat(replies)
        .allSatisfy(
            reply ->
                assertThat(reply.join())
                    .isInstanceOfSatisfying(
                        Reply.Success.class,
                        ok -> assertThat(ok.data()).isEqualTo(Json.bytes(complete))));
  }

  @Test
  void tellsNoMeasuresThatCannotBe() {
    byte[] video = webm(400);
    int at = new String(video, StandardCharsets.ISO_8859_1).indexOf("\u00b0@\u0002");
    video[at + 3] = 0;
    video[at + 4] = 0; // pixels wide
    JsonNode complete = media.complete(ANN, "video", "video/webm", video);
    assertThat(complete.has("width")).isFalse();
    assertThat(complete.has("height")).isFalse();
  }

  private BufferedImage image(String mediaId) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(media.download(ANN, mediaId).body()));
  }

  private static boolean isNear(int rgb, Color wanted) {
    var color = new Color(rgb);
    return Math.abs(color.getRed() - wanted.getRed()) < 40
        && Math.abs(color.getGreen() - wanted.getGreen()) < 40
        && Math.abs(color.getBlue() - wanted.getBlue()) < 40;
  }

  private static @Nullable Long number(JsonNode node, String field) {
    return node.has(field) ? node.get(field).longValue() : null;
  }
}
