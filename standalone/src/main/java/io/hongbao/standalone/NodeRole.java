package io.hongbao.standalone;

import io.hongbao.common.config.Setting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one process of a cluster does; its word on the command line is its name.
public enum NodeRole {
  GATEWAY(
      "Runs a gateway of a cluster: it holds clients' connections.",
      "port",
      "bind",
      "tls.",
      "gateway.",
      "session.",
      "cluster.message",
      "cluster.push",
      "cluster.redpacket",
      "cluster.media",
      "group.max-members",
      "media.image-bytes",
      "media.audio-bytes",
      "media.video-bytes",
      "media.file-bytes"),
  MESSAGE(
      "Runs a message service of a cluster: accounts, groups and their logs.",
      "cluster.bind",
      "cluster.port",
      "cluster.push",
      "cluster.media",
      "auth.",
      "limits.",
      "group.",
      "face.",
      "message.",
      "node",
      "mysql.",
      "redis."),
  PUSH(
      "Runs a push service of a cluster: who is where.",
      "cluster.bind",
      "cluster.port",
      "cluster.message",
      "hook."),
  REDPACKET(
      "Runs a red-packet service of a cluster: packets and wallets.",
      "cluster.bind",
      "cluster.port",
      "cluster.message",
      "cluster.push",
      "redpacket.",
      "node",
      "mysql.url",
      "mysql.user",
      "mysql.password",
      "redis."),
  MEDIA(
      "Runs a media storage of a cluster: uploads and their checks.",
      "data",
      "cluster.bind",
      "cluster.port",
      "cluster.message",
      "media.",
      "node",
      "mysql.url",
      "mysql.user",
      "mysql.password",
      "s3.url",
      "s3.public-url",
      "s3.bucket",
      "s3.region",
      "s3.access-key",
      "s3.secret-key");

  /// What every role goes by.
  private static final List<String> COMMON =
      List.of("management.", "cluster.secret", "cluster.tls-");

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // a list that never changes
  private final List<String> settings;

  NodeRole(String description, String... settings) {
    this.description = description;
    this.settings = List.of(settings);
  }

  /// Null where the word is none's.
  static @Nullable NodeRole named(String word) {
    return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst().orElse(null);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  /// Whether the role goes by a setting. It takes the others, too: all nodes may share a file.
  boolean goesBy(Setting<?> setting) {
    return Stream.concat(COMMON.stream(), settings.stream()).anyMatch(setting.name()::startsWith);
  }
}
