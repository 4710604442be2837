package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.TestMedia;
import io.hongbao.media.store.S3Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Uploads to be checked while the store answers nobody.
@ExtendWith(EmbeddedServices.class)
final class CompletionBoundsTest {

  @Test
  void refusesBeyondItsBoundAndLetsTheOthersWait(TestServices services, @TempDir Path folder) {
    var located = new CompletableFuture<S3Location>();
    try (var media = TestMedia.start(services, folder, Map.of());
        var waiting = media.startTwin(services, located)) {
      Map<String, Object> which =
          Map.of(
              "mediaId",
              media.prepare(1, "file", "a/b", new byte[] {1}).get("mediaId").textValue());
      List<CompletableFuture<Reply>> checks =
          Stream.generate(() -> waiting.hand(1, "media.complete", which))
              .limit(Completion.WAITING_MAX + 1)
              .toList();
      await().until(() -> checks.stream().anyMatch(CompletableFuture::isDone));

      located.complete(media.location());
      assertThat(checks.stream().map(CompletionBoundsTest::code))
          .hasSize(Completion.WAITING_MAX + 1)
          .containsOnly(ErrorCode.UNAVAILABLE, ErrorCode.MEDIA_MISMATCH)
          .containsOnlyOnce(ErrorCode.UNAVAILABLE);
    }
  }

  private static ErrorCode code(CompletableFuture<Reply> check) {
    return ((Reply.Failure) check.join()).refusal().code();
  }
}
