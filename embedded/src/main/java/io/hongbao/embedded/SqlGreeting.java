package io.hongbao.embedded;

import java.io.IOException;
import java.io.InputStream;

/// The first packet of a MariaDB or MySQL server that is ready.
final class SqlGreeting {

  /// Behind the packet's header; an error message begins with another byte.
  private static final int PROTOCOL_VERSION = 10;

  private static final int HEADER_BYTES = 4;

  private SqlGreeting() {}

  static boolean isIn(InputStream in) throws IOException {
    return in.readNBytes(HEADER_BYTES).length == HEADER_BYTES && in.read() == PROTOCOL_VERSION;
  }
}
