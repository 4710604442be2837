package io.hongbao.benchmarks.faults;

import io.hongbao.standalone.wire.WireClient;
import org.jspecify.annotations.Nullable;

/// What can happen between one person and the server.
final class Network {

  private @Nullable WireClient client;
  private boolean stalled;
  private boolean cut;

  synchronized void use(WireClient connected) {
    client = connected;
    cut = false;
  }

  synchronized void stall() {
    stalled = true;
  }

  synchronized void goOn() {
    stalled = false;
    notifyAll();
  }

  synchronized boolean isStalled() {
    return stalled;
  }

  /// Returns once the network is not stalled.
  synchronized void pass() {
    try {
      while (stalled) {
        wait();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void cut() {
    cut = true;
    if (client != null) {
      client.close();
    }
  }

  synchronized boolean isCut() {
    return cut;
  }

  /// Whether the connection was cut since it was made; asked once for each.
  synchronized boolean wasCut() {
    boolean was = cut;
    cut = false;
    return was;
  }
}
