package io.hongbao.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the servers' programs are unpacked from the class path, once for each version.
///
/// Any number of processes may share one: what is there is complete, since it is unpacked under
/// another name and renamed in one step, and it is never changed.
public final class RuntimeFolder {

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeFolder.class);

  /// Another user of the machine may run from the same folder.
  private static final FileAttribute<?> OPEN_TO_ALL =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  /// Fills an empty folder.
  interface Filling {
    void fill(Path folder) throws IOException;
  }

  private final Path root;

  public RuntimeFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /// The folder of that name, filled first where it isn't there.
  Path folder(String name, Filling filling) {
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    LOG.info("unpacking {} (once)", name);
    try {
      Files.createDirectories(root);
      Path unfinished = Files.createTempDirectory(root, name + ".", OPEN_TO_ALL);
      try {
        filling.fill(unfinished);
        moveInto(unfinished, folder);
      } finally {
        delete(unfinished);
      }
      return folder;
    } catch (IOException e) {
      throw new EmbeddedStartException("cannot unpack " + name + " into " + root, e);
    }
  }

  /// Copies everything of the jar under `prefix`, a folder name with a slash at its end; files in
  /// the folders named `programs` become executable.
  static void copyTree(String prefix, List<String> programs, Path target) throws IOException {
    URL url = RuntimeFolder.class.getClassLoader().getResource(prefix);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new EmbeddedStartException("no jar on the class path holds " + prefix);
    }
    try (var jar = new JarFile(Path.of(uri(connection)).toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
          String name = entry.getName().substring(prefix.length());
          Path file = target.resolve(name).normalize();
          try (InputStream in = jar.getInputStream(entry)) {
            copy(in, file, programs.stream().anyMatch(folder -> name.startsWith(folder + "/")));
          }
        }
      }
    }
  }

  /// Copies one file of the class path.
  static void copyFile(String resource, Path target, boolean executable) throws IOException {
    try (InputStream in = RuntimeFolder.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new EmbeddedStartException("nothing on the class path is called " + resource);
      }
      copy(in, target, executable);
    }
  }

  /// Deletes a folder with all that is in it.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void copy(InputStream in, Path file, boolean executable) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.copy(in, file);
    if (executable && !file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  private static void moveInto(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      LOG.debug("another process was faster: {}", folder, e);
    }
  }

  private static URI uri(JarURLConnection connection) throws IOException {
    try {
      return connection.getJarFileURL().toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
