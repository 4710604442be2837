package io.hongbao.standalone.wire;

import io.hongbao.common.config.Settings;
import io.hongbao.embedded.RuntimeFolder;
import io.hongbao.standalone.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real server for all tests of the JVM, on a free port and a data folder under `target`.
public final class ServerExtension implements BeforeAllCallback, ParameterResolver {

  private record Running(Server server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  /// Settings of the tests' servers: everything by default but what makes tests slow.
  static Map<String, String> settings(Path data) {
    return Map.of(
        "port", "0",
        "management.port", "0",
        "bind", "127.0.0.1",
        "data", data.toString(),
        "auth.password-hash", "argon2id:m=1024,t=1,p=1",
        "limits.address-per-minute", "1000000",
        "gateway.drain-time", "PT0.001S",
        "gateway.leave-time", "PT0.1S");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Server.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  private static Server server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ServerExtension.class))
        .computeIfAbsent("server", _ -> new Running(start(data())), Running.class)
        .server();
  }

  /// Each of the JVMs that test at the same time has its own.
  public static Path data() {
    return Path.of(System.getProperty("hongbao.wire-data", "target/wire-data"));
  }

  private static Server start(Path data) {
    empty(data);
    return Server.start(Settings.of(settings(data)));
  }

  /// What an earlier run left there is no part of this one.
  static void empty(Path data) {
    try {
      if (Files.exists(data)) {
        RuntimeFolder.delete(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
