package io.hongbao.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only the owner may read (0600) from their first moment on.
public final class PrivateFile {

  private PrivateFile() {}

  /// Writes or replaces the file in one step.
  public static Path write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text);
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
