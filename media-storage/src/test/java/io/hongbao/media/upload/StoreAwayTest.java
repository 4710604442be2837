package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.TestMedia;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServices.class)
final class StoreAwayTest {

  @Test
  void answersUnavailableAndGoesOnWhenTheStoreIsBack(TestServices services, @TempDir Path folder) {
    try (var media = TestMedia.start(services, folder, Map.of())) {
      byte[] content = {1, 2, 3};
      JsonNode ticket = media.prepare(1, "file", "a/b", content);
      Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
      assertThat(TestMedia.put(ticket, BodyPublishers.ofByteArray(content))).isEqualTo(200);

      media.s3().close();
      assertThat(media.hand(1, "media.complete", which).join())
          .isInstanceOfSatisfying(
              Reply.Failure.class,
              failure -> {
                assertThat(failure.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(failure.refusal().retryAfterMs()).isPositive();
              });

      media.restartS3();
      assertThat(media.verdict(1, "media.complete", which)).isEqualTo("ok");
    }
  }
}
