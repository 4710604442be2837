package io.hongbao.benchmarks.faults;

import io.hongbao.common.config.Settings;
import io.hongbao.standalone.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A whole server whose clock differs from the machine's by as many milliseconds as a file says.
public final class SteppedServer {

  private static final Duration LOOK = Duration.ofMillis(50);

  private SteppedServer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var flags = new HashMap<String, String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      flags.put(argument.substring("--".length(), equals), argument.substring(equals + 1));
    }
    Path file = Path.of(System.getProperty("hongbao.clock-file", "clock-offset-ms"));
    var offsetMs = new AtomicLong(Long.parseLong(Files.readString(file).trim()));
    Thread.ofVirtual().start(() -> follow(file, offsetMs));
    InstantSource stepped = () -> Instant.ofEpochMilli(System.currentTimeMillis() + offsetMs.get());
    Server server = Server.start(Settings.of(Map.copyOf(flags)), stepped.withZone(ZoneOffset.UTC));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println("Hongbao is ready.");
  }

  private static void follow(Path file, AtomicLong offsetMs) {
    try {
      while (true) {
        Thread.sleep(LOOK);
        String text = Files.readString(file).trim();
        if (!text.isEmpty()) { // else it is being written
          offsetMs.set(Long.parseLong(text));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the clock stands", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
