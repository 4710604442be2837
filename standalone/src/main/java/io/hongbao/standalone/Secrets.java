package io.hongbao.standalone;

import io.hongbao.embedded.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// The keys and passwords of one data folder: made when it is first used and kept in a file that
/// only its owner can read. None of them has a default.
///
/// @param token signs tokens
record Secrets(
    String token, String database, String redis, String s3AccessKey, String s3SecretKey) {

  private static final String FILE = "secrets.properties";
  private static final int BYTES = 24;
  private static final int ACCESS_KEY_BYTES = 10;

  static Secrets in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    var kept = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        kept.load(in);
      }
    }
    int before = kept.size();
    var secrets =
        new Secrets(
            keptOrNew(kept, "token", BYTES),
            keptOrNew(kept, "database", BYTES),
            keptOrNew(kept, "redis", BYTES),
            keptOrNew(kept, "s3.access", ACCESS_KEY_BYTES),
            keptOrNew(kept, "s3.secret", BYTES));
    if (kept.size() > before) {
      var text = new StringWriter();
      kept.store(text, "Made by Hongbao. Whoever can read this can read and change everything.");
      PrivateFile.write(file, text.toString());
    }
    return secrets;
  }

  private static String keptOrNew(Properties kept, String name, int bytes) {
    return (String)
        kept.computeIfAbsent(
            name,
            _ -> {
              byte[] random = new byte[bytes];
              new SecureRandom().nextBytes(random);
              return HexFormat.of().formatHex(random);
            });
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }
}
