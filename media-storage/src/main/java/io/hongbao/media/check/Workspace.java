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

  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
