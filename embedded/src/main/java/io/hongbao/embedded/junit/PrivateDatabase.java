package io.hongbao.embedded.junit;

import java.nio.file.Path;

/// A database server that one test class stops and starts as it likes; port and data stay.
public final class PrivateDatabase implements AutoCloseable {

  private static final String DATABASE = "hongbao_private";

  private final TestDatabase server;

  private PrivateDatabase(TestDatabase server) {
    this.server = server;
  }

  static PrivateDatabase start(Servers servers, Path data) {
    TestDatabase server = Servers.database(servers.runtime(), data);
    server.create(DATABASE);
    return new PrivateDatabase(server);
  }

  public String jdbcUrl() {
    return server.jdbcUrl().apply(DATABASE);
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password();
  }

  public void stop() {
    server.stopping().run();
  }

  public void restart() {
    server.starting().run();
  }

  @Override
  public void close() {
    server.close();
  }
}
