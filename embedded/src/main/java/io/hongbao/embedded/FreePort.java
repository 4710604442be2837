package io.hongbao.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// A port for a server that must know it before it listens.
public final class FreePort {

  /// Below the ports that systems give to outgoing connections: one of these might take the port
  /// before the server does.
  private static final int FIRST = 20_000;

  private static final int END = 32_000;

  /// The next one to look at; other JVMs begin elsewhere.
  private static final AtomicInteger next =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, END));

  private FreePort() {}

  /// A port of loopback that nobody listens on now. Each time another one: two servers that do not
  /// listen yet get two.
  public static int find() {
    while (true) {
      int port = next.getAndUpdate(at -> at + 1 < END ? at + 1 : FIRST);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections that have ended keep no server from it
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
