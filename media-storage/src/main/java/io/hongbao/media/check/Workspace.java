package io.hongbao.media.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder for the files of one check, which go with it.
public record Workspace(Path folder) implements AutoCloseable {

  public static Workspace in(Path parent) throws IOException {
    return new Workspace(Files.createTempDirectory(Files.createDirectories(parent), "check-"));
  }

  /// Deletes what checks have left that a crash has ended.
  public static void clear(Path parent) throws IOException {
    if (Files.isDirectory(parent)) {
      for (Path left : list(parent)) {
        new Workspace(left).close();
      }
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    for (Path file : list(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}
