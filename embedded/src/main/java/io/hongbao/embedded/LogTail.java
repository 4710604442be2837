package io.hongbao.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The last lines of a server's log, for the message that it did not start.
record LogTail(String text) {

  private static final int BYTES_MAX = 2_000;

  static LogTail of(Path log) {
    if (!Files.exists(log)) {
      return new LogTail("");
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - BYTES_MAX));
      byte[] bytes = new byte[Math.toIntExact(file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new LogTail(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return new LogTail("(cannot be read: " + e.getMessage() + ")");
    }
  }

  boolean says(String part) {
    return text.contains(part);
  }

  @Override
  public String toString() {
    return text;
  }
}
