package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.Samples;
import io.hongbao.media.kit.TestMedia;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two media storages on one database and one S3 store: each goes on with what the other began, and
/// what both do at once happens once.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class TwinServicesTest {

  private static final long ANN = 1;

  private final TestMedia one;
  private final TestMedia two;

  TwinServicesTest(TestServices services, @TempDir Path folder) {
    this.one = TestMedia.start(services, folder, Map.of());
    this.two = one.startTwin(services);
  }

  @AfterAll
  void stop() {
    two.close();
    one.close();
  }

  @Test
  void whoAnnouncesTheSameAtBothHasOneMedium() {
    for (int round = 0; round < 10; round++) {
      var announced = TestMedia.announcement("file", "a/b", new byte[] {1, (byte) round});
      var first = one.hand(2, "media.prepare", announced);
      var second = two.hand(2, "media.prepare", announced);
      assertThat(mediaId(first)).isEqualTo(mediaId(second));
    }
  }

  @Test
  void aPictureThatBothCheckAtOnceIsOne() {
    byte[] picture = Samples.picture("png", 700, 700);
    String mediaId = one.upload(ANN, "image", "image/png", picture);
    JsonNode complete = completedByBoth(mediaId);
    assertThat(one.download(ANN, mediaId).body()).isEqualTo(picture);
    String small = complete.at("/media/thumbnailMediaId").textValue();
    assertThat(two.download(ANN, small).statusCode()).isEqualTo(200);
  }

  @Test
  void aFileInPartsThatBothTakeAndJoinIsOne() {
    byte[] content = new byte[(8 << 20) + 1_000];
    new Random(7).nextBytes(content);
    var announced = TestMedia.announcement("file", "a/b", content);
    String mediaId = one.ask(ANN, "media.prepare", announced).get("mediaId").textValue();
    Map<String, Object> which = Map.of("mediaId", mediaId);
    var askedThere = two.hand(ANN, "media.parts", which);
    JsonNode here = one.ask(ANN, "media.parts", which).get("parts");
    JsonNode there = success(askedThere).get("parts");
    byte[] head = Arrays.copyOf(content, 8 << 20);
    byte[] rest = Arrays.copyOfRange(content, 8 << 20, content.length);
    assertThat(TestMedia.put(here.get(0), BodyPublishers.ofByteArray(head))).isEqualTo(200);
    assertThat(TestMedia.put(there.get(1), BodyPublishers.ofByteArray(rest))).isEqualTo(200);

    completedByBoth(mediaId);
    assertThat(two.download(ANN, mediaId).body()).isEqualTo(content);
  }

  /// The one answer that all get who ask both at once; whoever meets the other's joining of the
  /// parts may have to ask again.
  private JsonNode completedByBoth(String mediaId) {
    Map<String, Object> which = Map.of("mediaId", mediaId);
    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 6)
            .mapToObj(i -> (i % 2 == 0 ? one : two).hand(ANN, "media.complete", which))
            .toList();
    replies.forEach(CompletableFuture::join);
    JsonNode complete = one.ask(ANN, "media.complete", which);
    assertThat(replies)
        .allSatisfy(
            reply -> {
              if (reply.join() instanceof Reply.Failure(var refusal)) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              } else {
                assertThat(success(reply)).isEqualTo(complete);
              }
            });
    return complete;
  }

  private static String mediaId(CompletableFuture<Reply> reply) {
    return success(reply).get("mediaId").textValue();
  }

  private static JsonNode success(CompletableFuture<Reply> reply) {
    return switch (reply.join()) {
      case Reply.Success(byte[] json) -> TestMedia.json(json);
      case Reply.Failure(var refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }
}
