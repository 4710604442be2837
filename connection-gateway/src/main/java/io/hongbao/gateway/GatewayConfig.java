package io.hongbao.gateway;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import io.hongbao.gateway.session.SessionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a gateway is started with.
///
/// @param port 0 takes any free one
/// @param managementPort -1 is the port + 10000, or any free one where that is taken
/// @param tls null serves plain
/// @param origins by comma; empty allows any
/// @param writeBufferBytes what may wait for a client before live events are left out for it
/// @param drainTime how long it is not ready before clients are sent away
/// @param leaveTime over how long clients are sent away
public record GatewayConfig(
    String bind,
    int port,
    String managementBind,
    int managementPort,
    @Nullable TlsFiles tls,
    String origins,
    int eventLoops,
    int connectionsMax,
    int writeBufferBytes,
    Duration drainTime,
    Duration leaveTime,
    SessionConfig session) {

  /// PEM files: the certificate chain, and its key as PKCS #8.
  public record TlsFiles(Path certificate, Path key) {}

  /// @throws InvalidSettingException where only one of the TLS files is given, or one is missing
  public static GatewayConfig of(Settings settings) {
    int eventLoops = settings.get(Settings.EVENT_LOOPS);
    return new GatewayConfig(
        settings.get(Settings.BIND),
        settings.get(Settings.PORT),
        settings.get(Settings.MANAGEMENT_BIND),
        settings.get(Settings.MANAGEMENT_PORT),
        tlsFiles(settings),
        settings.get(Settings.ORIGINS),
        eventLoops == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : eventLoops,
        settings.get(Settings.CONNECTIONS_MAX),
        settings.get(Settings.WRITE_BUFFER_BYTES),
        settings.get(Settings.DRAIN_TIME),
        settings.get(Settings.LEAVE_TIME),
        SessionConfig.of(settings));
  }

  private static @Nullable TlsFiles tlsFiles(Settings settings) {
    boolean none =
        settings.get(Settings.TLS_CERTIFICATE).isEmpty()
            && settings.get(Settings.TLS_KEY).isEmpty();
    return none
        ? null
        : new TlsFiles(file(settings, Settings.TLS_CERTIFICATE), file(settings, Settings.TLS_KEY));
  }

  private static Path file(Settings settings, Setting<String> setting) {
    Path file = Path.of(settings.require(setting, "TLS needs certificate and key"));
    if (!Files.isReadable(file)) {
      throw new InvalidSettingException(setting.name(), "is no file that can be read: " + file);
    }
    return file;
  }
}
