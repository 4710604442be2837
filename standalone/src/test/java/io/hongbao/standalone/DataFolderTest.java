package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

  @TempDir Path parent;

  @Test
  void isMadeForItsOwnerAlone() throws IOException {
    Path path = parent.resolve("new").resolve("data");
    try (var _ = DataFolder.open(path)) {
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void isHeldByOneAtATime() throws IOException {
    try (var _ = DataFolder.open(parent)) {
      assertThatThrownBy(() -> DataFolder.open(parent))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(parent.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataFolder.open(parent).close();
  }

  @Test
  void aFileInItsPlaceIsAClearError() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(file.toString());
  }
}
