package io.hongbao.standalone;

import io.hongbao.embedded.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder with everything that survives a restart, held by one server at a time.
///
/// The lock is the operating system's: it is free the moment its holder is gone, however it went.
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// @throws CannotStartException where it is in use or cannot be made
  static DataFolder open(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute, OWNER_ONLY);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = holder(channel);
        channel.close();
        throw new CannotStartException(
            "The data folder %s is in use by another Hongbao%s. Stop that one, or give --data."
                .formatted(absolute, holder));
      }
      channel.truncate(0);
      channel.write(bytes(String.valueOf(ProcessHandle.current().pid())));
      return new DataFolder(absolute, channel);
    } catch (IOException e) {
      throw new CannotStartException(
          "The data folder %s cannot be used: %s".formatted(absolute, e), e);
    }
  }

  /// Whether a server runs on the folder.
  static boolean isHeld(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.exists(lock)) {
      return false;
    }
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return !locked(channel); // what was locked just now is free again with the channel
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /// Keeps a line for who comes later; a new one replaces the old.
  void note(String name, String line) {
    try {
      PrivateFile.write(resolve(name), line);
    } catch (IOException e) {
      throw new CannotStartException("The data folder %s cannot be used: %s".formatted(path, e), e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // by this JVM
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid);
    String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    return text.isEmpty() ? "" : " (process " + text + ")";
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
