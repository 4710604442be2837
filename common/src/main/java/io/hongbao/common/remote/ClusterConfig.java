package io.hongbao.common.remote;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How this node meets the others.
///
/// @param port 0 takes any free one
/// @param addresses of each role's instances; a role that has none is not to be asked anything
/// @param secret empty asks for none
/// @param tls null is plain
public record ClusterConfig(
    String bind,
    int port,
    Map<Role, List<Address>> addresses,
    String secret,
    @Nullable TlsFiles tls) {

  /// @param host a name, which stands for all addresses it resolves to, or an IP address
  public record Address(String host, int port) {

    /// @throws IllegalArgumentException where the text is no `host:port`, an IPv6 address in
    ///   brackets
    static Address parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = text.substring(0, Math.max(0, colon));
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      } else if (host.contains(":")) {
        throw new IllegalArgumentException(text);
      }
      int port = Integer.parseInt(text.substring(colon + 1));
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException(text);
      }
      return new Address(host, port);
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /// PEM files. Each side shows its certificate and asks for one that `ca` has signed.
  public record TlsFiles(Path certificate, Path key, Path ca) {}

  /// @throws InvalidSettingException for addresses that are none, or TLS files that are missing
  public static ClusterConfig of(Settings settings) {
    var addresses = new EnumMap<Role, List<Address>>(Role.class);
    for (Role role : Role.values()) {
      addresses.put(role, addressesOf(role, settings));
    }
    return new ClusterConfig(
        settings.get(Settings.CLUSTER_BIND),
        settings.get(Settings.CLUSTER_PORT),
        addresses,
        settings.get(Settings.CLUSTER_SECRET),
        tlsFiles(settings));
  }

  /// @throws InvalidSettingException for addresses that are none
  public static List<Address> addressesOf(Role role, Settings settings) {
    Setting<String> setting = role.addresses();
    var addresses = new ArrayList<Address>();
    for (String text : settings.get(setting).split(",")) {
      if (!text.isBlank()) {
        addresses.add(address(setting, text.strip()));
      }
    }
    return List.copyOf(addresses);
  }

  private static Address address(Setting<String> setting, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException _) {
      throw new InvalidSettingException(
          setting.name(), "must be host:port, several by comma, and is not: " + text);
    }
  }

  private static @Nullable TlsFiles tlsFiles(Settings settings) {
    boolean none =
        settings.get(Settings.CLUSTER_TLS_CERTIFICATE).isEmpty()
            && settings.get(Settings.CLUSTER_TLS_KEY).isEmpty()
            && settings.get(Settings.CLUSTER_TLS_CA).isEmpty();
    return none
        ? null
        : new TlsFiles(
            file(settings, Settings.CLUSTER_TLS_CERTIFICATE),
            file(settings, Settings.CLUSTER_TLS_KEY),
            file(settings, Settings.CLUSTER_TLS_CA));
  }

  private static Path file(Settings settings, Setting<String> setting) {
    Path file =
        Path.of(settings.require(setting, "TLS between nodes needs certificate, key and ca"));
    if (!Files.isReadable(file)) {
      throw new InvalidSettingException(setting.name(), "is no file that can be read: " + file);
    }
    return file;
  }
}
