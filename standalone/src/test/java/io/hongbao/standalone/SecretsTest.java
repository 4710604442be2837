package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {

  @TempDir Path folder;

  @Test
  void areMadeOnceAndKept() throws IOException {
    Secrets first = Secrets.in(folder);
    assertThat(Secrets.in(folder)).isEqualTo(first);
    assertThat(first.token()).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(first.database());
  }

  @Test
  void differFromFolderToFolder(@TempDir Path another) throws IOException {
    assertThat(Secrets.in(folder).token()).isNotEqualTo(Secrets.in(another).token());
  }

  @Test
  void areTheOwnersAlone() throws IOException {
    Secrets.in(folder);
    assertThat(Files.getPosixFilePermissions(folder.resolve("secrets.properties")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void oneThatIsMissingIsAddedToTheOthers() throws IOException {
    Path file = folder.resolve("secrets.properties");
    Files.writeString(file, "token=a-token-of-an-earlier-version\n");
    assertThat(Secrets.in(folder).token()).isEqualTo("a-token-of-an-earlier-version");
    assertThat(Secrets.in(folder)).isEqualTo(Secrets.in(folder));
  }

  @Test
  void areNotShownInALog() throws IOException {
    Secrets secrets = Secrets.in(folder);
    assertThat(secrets.toString()).doesNotContain(secrets.token(), secrets.database());
  }
}
