package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.config.Settings;
import io.hongbao.common.id.Ids;
import io.hongbao.common.sql.Queries;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.MediaConfig;
import io.hongbao.media.kit.TestMedia;
import io.hongbao.media.store.ObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What is left of uploads is cleared away once their time is over, and nothing else.
@ExtendWith(EmbeddedServices.class)
@TestInstance(Lifecycle.PER_CLASS)
final class SweepTest {

  private static final long ANN = 1;

  private final Path folder;
  private final TestMedia media;

  SweepTest(TestServices services, @TempDir Path folder) {
    this.folder = folder;
    this.media = TestMedia.start(services, folder, Map.of("media.quota-mebibytes", "1"));
  }

  @AfterAll
  void stop() {
    media.close();
  }

  @Test
  void forgetsWhatNobodyCompleted() throws IOException {
    JsonNode kept = media.complete(ANN, "file", "a/b", new byte[] {1});
    Map<String, Object> which = Map.of("mediaId", kept.get("mediaId").textValue());
    TestMedia.put(
        media.prepare(2, "file", "a/b", new byte[] {2}),
        BodyPublishers.ofByteArray(new byte[] {2}));
    Map<String, Object> begun =
        Map.of(
            "mediaId",
            media.prepare(3, "file", "a/b", new byte[1_000_000]).get("mediaId").textValue());
    JsonNode part = media.ask(3, "media.parts", begun).get("parts").get(0);
    TestMedia.put(part, BodyPublishers.ofByteArray(new byte[1_000_000]));
    assertThat(
            media.verdict(
                3, "media.prepare", TestMedia.announcement("file", "a/b", new byte[500_000])))
        .isEqualTo("limit_reached");

    sweep(Duration.ofHours(23));
    assertThat(media.ask(3, "media.parts", begun).get("parts").get(0).has("stored")).isTrue();

    sweep(Duration.ofHours(25));
    assertThat(media.verdict(ANN, "media.url", which)).isEqualTo("ok");
    assertThat(media.verdict(3, "media.complete", begun)).isEqualTo("not_found");
    assertThat(uploads()).isEmpty();
    assertThat(
            media.verdict(
                3, "media.prepare", TestMedia.announcement("file", "a/b", new byte[500_000])))
        .isEqualTo("ok");
  }

  @Test
  void clearsAwayWhatCameAfterTheCheck() throws IOException {
    byte[] content = {7, 8};
    JsonNode ticket = media.prepare(ANN, "file", "a/b", content);
    String mediaId = ticket.get("mediaId").textValue();
    TestMedia.put(ticket, BodyPublishers.ofByteArray(content));
    media.ask(ANN, "media.complete", Map.of("mediaId", mediaId));
    TestMedia.put(ticket, BodyPublishers.ofByteArray(new byte[2]));
    assertThat(uploads()).contains(mediaId);

    sweep(Duration.ofHours(25));
    assertThat(uploads()).doesNotContain(mediaId);
    assertThat(media.download(ANN, mediaId).body()).isEqualTo(content);
  }

  /// Sweeps as of a time from now.
  private void sweep(Duration later) {
    try (var queries = new Queries(2);
        var store = new ObjectStore(CompletableFuture.completedFuture(media.location()))) {
      var catalogue =
          new Catalogue(
              media.database(),
              queries,
              new Ids(8),
              Clock.offset(Clock.systemUTC(), later),
              MediaConfig.of(Settings.of(Map.of())).limits());
      try (var sweep = Sweep.start(catalogue, store, new SimpleMeterRegistry())) {
        sweep.sweep();
      }
    }
  }

  /// What lies where clients write.
  private List<String> uploads() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("s3/hongbao"))) {
      return files
          .filter(file -> file.toString().contains("uploads"))
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .toList();
    }
  }
}
