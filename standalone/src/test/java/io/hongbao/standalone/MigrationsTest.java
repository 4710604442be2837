package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Databases have run these migrations, and Flyway starts on none whose account of them differs
/// from the files, be it by a comment: a file here is never edited, and a change is a new one.
final class MigrationsTest {

  private static final String APPLIED =
      """
      common/src/main/resources/db/node/V1__node_leases.sql 34e9032c
      media-storage/src/main/resources/db/media/V1__media.sql f44c1596
      message-service/src/main/resources/db/message/V1__group_log.sql 4192f82b
      message-service/src/main/resources/db/message/V2__group_administration.sql 82be1260
      message-service/src/main/resources/db/message/V3__face_to_face.sql e95626de
      message-service/src/main/resources/db/message/V4__reserved_ids.sql 8c0a2be2
      message-service/src/main/resources/db/message/V5__active_minute.sql da13f3f3
      message-service/src/main/resources/db/message/V6__media_sent.sql d9154f96
      message-service/src/main/resources/db/message/V7__avatars.sql 4451f313
      message-service/src/main/resources/db/message/V8__no_reserved_ids.sql fe1c7ede
      redpacket-service/src/main/resources/db/redpacket/V1__red_packets.sql 1d1beaf8
      """;

  private static final Path ROOT = Path.of("..");
  private static final PathMatcher MIGRATIONS =
      FileSystems.getDefault().getPathMatcher("glob:*/src/main/resources/db/*/*.sql");

  @Test
  void areAsTheyWereApplied() throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 7, (file, _) -> isMigration(file))) {
      assertThat(files.map(MigrationsTest::line).sorted().collect(Collectors.joining()))
          .isEqualTo(APPLIED);
    }
  }

  private static boolean isMigration(Path file) {
    return MIGRATIONS.matches(ROOT.relativize(file));
  }

  private static String line(Path file) {
    var checksum = new CRC32();
    try {
      checksum.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "%s %08x\n".formatted(ROOT.relativize(file), checksum.getValue());
  }
}
