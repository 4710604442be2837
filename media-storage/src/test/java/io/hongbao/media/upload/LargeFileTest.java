package io.hongbao.media.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.media.kit.TestMedia;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The largest file there may be, up and down, with server, store and client in this JVM: what of
/// the heap is in use at any time stays a small part of it.
@ExtendWith(EmbeddedServices.class)
final class LargeFileTest {

  private static final int BYTES = 200 << 20;
  private static final long SAMPLE_NANOS = 500_000_000;
  private static final long HEAP_GROWTH_MAX = 40 << 20;

  @Test
  void needsNoHeap(TestServices services, @TempDir Path folder) throws Exception {
    try (var media = TestMedia.start(services, folder, Map.of());
        var http = HttpClient.newHttpClient()) {
      media.complete(1, "file", "a/b", new byte[] {1}); // everything is loaded
      Path file = folder.resolve("large");
      String sha256 = write(file);
      var growth = new AtomicLong();
      long before = used();
      Thread watch =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                      growth.accumulateAndGet(used() - before, Math::max);
                      LockSupport.parkNanos(SAMPLE_NANOS);
                    }
                  });

      JsonNode ticket =
          media.ask(
              1,
              "media.prepare",
              Map.of("kind", "file", "contentType", "a/b", "bytes", BYTES, "sha256", sha256));
      assertThat(TestMedia.put(ticket, BodyPublishers.ofFile(file))).isEqualTo(200);
      Map<String, Object> which = Map.of("mediaId", ticket.get("mediaId").textValue());
      media.ask(1, "media.complete", which);
      String url = media.ask(1, "media.url", which).get("url").textValue();
      Path back = folder.resolve("back");
      http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofFile(back));

      watch.interrupt();
      watch.join();
      assertThat(Files.mismatch(file, back)).isEqualTo(-1);
      assertThat(growth.get()).isLessThan(HEAP_GROWTH_MAX);
    }
  }

  private static String write(Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    var random = new Random(1);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int i = 0; i < BYTES / block.length; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Bytes that are still in use after a collection.
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
