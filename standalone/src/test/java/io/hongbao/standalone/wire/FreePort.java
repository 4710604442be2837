package io.hongbao.standalone.wire;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port that nobody listens on now. It is below those that the system gives to who connects, so a
/// process that is stopped and started again finds it free.
public final class FreePort {

  private static final int FIRST = 15_000;
  private static final int END = 32_768;

  private FreePort() {}

  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (var _ = new ServerSocket(port)) {
        return port;
      } catch (IOException _) {
        // taken: another one
      }
    }
  }
}
