package io.hongbao.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuntimeFolderTest {

  @TempDir Path root;

  @Test
  void isFilledOnce() {
    var runtime = new RuntimeFolder(root.resolve("new"));
    var fillings = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Path folder =
          runtime.folder(
              "program-1",
              home -> {
                fillings.incrementAndGet();
                Files.writeString(home.resolve("file"), "text");
              });
      assertThat(folder.resolve("file")).hasContent("text");
    }
    assertThat(fillings).hasValue(1);
  }

  @Test
  void twoAtOnceBothGetAWholeFolder() throws Exception {
    var bothFill = new CountDownLatch(2);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var folders =
          IntStream.range(0, 2)
              .mapToObj(
                  _ ->
                      executor.submit(
                          () ->
                              new RuntimeFolder(root)
                                  .folder(
                                      "program-1",
                                      home -> {
                                        Files.writeString(home.resolve("file"), "text");
                                        bothFill.countDown();
                                        awaitAll(bothFill);
                                      })))
              .toList();
      for (var folder : folders) {
        assertThat(folder.get().resolve("file")).hasContent("text");
      }
    }
    assertThat(root).isDirectoryNotContaining(path -> !path.endsWith("program-1"));
  }

  @Test
  void aFillingThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                new RuntimeFolder(root)
                    .folder(
                        "program-1",
                        _ -> {
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(EmbeddedStartException.class)
        .hasRootCauseMessage("disk full");
    assertThat(root).isEmptyDirectory();
  }

  private static void awaitAll(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
