package io.hongbao.benchmarks.faults;

import io.hongbao.common.config.Settings;
import io.hongbao.standalone.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

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
    var clock = new OffsetClock(offsetMs(file));
    Thread.ofVirtual().start(() -> clock.follow(file));
    Server server = Server.start(Settings.of(Map.copyOf(flags)), clock);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println("Hongbao is ready.");
  }

  private static long offsetMs(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).trim());
  }

  private static final class OffsetClock extends Clock {
    private volatile long offsetMs;

    OffsetClock(long offsetMs) {
      this.offsetMs = offsetMs;
    }

    void follow(Path file) {
      try {
        while (true) {
          Thread.sleep(LOOK);
          String text = Files.readString(file).trim();
          offsetMs = text.isEmpty() ? offsetMs : Long.parseLong(text);
        }
      } catch (IOException e) {
        throw new IllegalStateException("the clock stands", e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long millis() {
      return System.currentTimeMillis() + offsetMs;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
