package io.hongbao.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// All settings of Hongbao and their values.
///
/// The list below is the only one: `--help`, `docs/operations.md` and the parsing come from it. A
/// flag beats the environment, the environment beats the file, the file beats the default. A wrong
/// or unknown value never starts a server: [InvalidSettingException] names it.
public final class Settings {

  /// For tokens the output of HMAC-SHA256, as RFC 7518 section 3.2 demands of its key.
  private static final int SECRET_CHARACTERS_MIN = 32;

  public static final Setting<Integer> PORT =
      Setting.count("port", 8080, 0, 65535, "Port for HTTP and WebSocket; 0 takes any free one.");
  public static final Setting<Path> DATA =
      new Setting<>(
          "data",
          "data",
          Path::of,
          "Folder of standalone's databases, media and secrets; of the media role's checks.");
  public static final Setting<Integer> MANAGEMENT_PORT =
      Setting.count(
          "management.port",
          -1,
          -1,
          65535,
          "Port for /metrics and /health; -1 is port (of a role but gateway, cluster.port) + 10000,"
              + " or any free one if that is taken.");
  public static final Setting<String> BIND =
      Setting.text("bind", "0.0.0.0", "Address that the client port listens on.");
  public static final Setting<String> MANAGEMENT_BIND =
      Setting.text("management.bind", "127.0.0.1", "Address that the management port listens on.");
  public static final Setting<String> TLS_CERTIFICATE =
      Setting.text(
          "tls.certificate", "", "PEM file with the certificate chain; empty serves plain.");
  public static final Setting<String> TLS_KEY =
      Setting.text("tls.key", "", "PEM file with the certificate's private key (PKCS #8).");
  public static final Setting<String> ORIGINS =
      Setting.text(
          "gateway.origins", "", "Origins that browsers may connect from, by comma; empty is any.");
  public static final Setting<Integer> EVENT_LOOPS =
      Setting.count(
          "gateway.event-loops", 0, 0, 256, "Event-loop threads; 0 is half of the processors.");
  public static final Setting<Integer> FRAME_BYTES =
      Setting.count(
          "gateway.frame-bytes", 65_536, 1_024, 1_048_576, "Largest frame a client may send.");
  public static final Setting<Integer> CONNECTIONS_MAX =
      Setting.count(
          "gateway.connections-max", 1_000_000, 1, 10_000_000, "Most connections of one gateway.");
  public static final Setting<Integer> WRITE_BUFFER_BYTES =
      Setting.count(
          "gateway.write-buffer-bytes",
          262_144,
          16_384,
          67_108_864,
          "Bytes waiting for a slow client from which on live events are left out for it.");
  public static final Setting<Duration> SLOW_TIMEOUT =
      Setting.duration(
          "gateway.slow-timeout",
          "PT20S",
          "How long a client may stay too slow before close 4008.");
  public static final Setting<Duration> DRAIN_TIME =
      Setting.duration(
          "gateway.drain-time",
          "PT0.5S",
          "How long a stopping gateway says that it is not ready before it sends anyone away.");
  public static final Setting<Duration> LEAVE_TIME =
      Setting.duration(
          "gateway.leave-time", "PT2S", "Over how long a stopping gateway sends its clients away.");
  public static final Setting<Duration> OPEN_TIMEOUT =
      Setting.duration("session.open-timeout", "PT5S", "Time for the first frame, session.open.");
  public static final Setting<Duration> HEARTBEAT =
      Setting.duration("session.heartbeat", "PT30S", "Time between the server's pings.");
  public static final Setting<Integer> REQUESTS_PER_SECOND =
      Setting.count(
          "session.requests-per-second",
          100,
          1,
          1_000_000,
          "Requests one session may make a second.");
  public static final Setting<Integer> REQUESTS_BURST =
      Setting.count(
          "session.requests-burst", 500, 1, 1_000_000, "Requests one session may make at once.");
  public static final Setting<Integer> REQUESTS_IN_FLIGHT =
      Setting.count(
          "session.requests-in-flight",
          256,
          1,
          100_000,
          "Unanswered requests from which on a session's socket is not read.");
  public static final Setting<Integer> ADDRESS_PER_MINUTE =
      Setting.count(
          "limits.address-per-minute",
          1_000,
          1,
          10_000_000,
          "Accounts, tokens and face.enter one network address may ask for a minute.");
  public static final Setting<Duration> TOKEN_TTL =
      Setting.duration("auth.token-ttl", "P7D", "How long a token is valid.");
  public static final Setting<String> TOKEN_SECRET =
      new Setting<>(
          "auth.token-secret",
          "",
          Settings::parseSecret,
          "Key that signs tokens, at least 32 characters; standalone makes its own.");
  public static final Setting<String> PASSWORD_HASH =
      Setting.text(
          "auth.password-hash",
          "argon2id:m=19456,t=2,p=1",
          "How new passwords are hashed (m in KiB).");
  public static final Setting<Integer> GROUP_MEMBERS_MAX =
      Setting.count("group.max-members", 500, 2, 100_000, "Members a new group may have.");
  public static final Setting<Duration> FACE_TTL =
      Setting.duration(
          "face.ttl", "PT3M", "How long a face-to-face room lives from the first who enters.");
  public static final Setting<Duration> RECALL_WINDOW =
      Setting.duration(
          "message.recall-window", "PT2M", "How long a sender may take back a message.");
  public static final Setting<Duration> EDIT_WINDOW =
      Setting.duration(
          "message.edit-window", "PT15M", "How long a sender may replace a message's text.");
  public static final Setting<Integer> LANES =
      Setting.count(
          "message.lanes", 0, 0, 64, "Writers of group logs; 0 is half of the processors.");
  public static final Setting<Duration> REDPACKET_EXPIRY =
      Setting.duration(
          "redpacket.expiry", "PT24H", "After which what nobody opened goes back to the sender.");
  public static final Setting<String> REDPACKET_SPLIT =
      Setting.word(
          "redpacket.split",
          List.of("preset", "realtime"),
          "Whether lucky shares are drawn when a packet is sent or each when it is opened.");
  public static final Setting<String> REDPACKET_STRATEGY =
      Setting.word(
          "redpacket.strategy",
          List.of("double-average", "random"),
          "How lucky shares are drawn: up to twice the average, or anything that can be spared.");
  public static final Setting<Integer> REDPACKET_SHARE_FEN_MAX =
      Setting.count(
          "redpacket.share-fen-max",
          40_000,
          20_000,
          100_000_000,
          "The most fen that one lucky share can be.");
  public static final Setting<Integer> REDPACKET_CONNECTIONS =
      Setting.count(
          "redpacket.connections", 8, 2, 1_000, "Connections to MySQL of the red packets alone.");
  public static final Setting<Duration> REDPACKET_RECONCILE_EVERY =
      Setting.duration(
          "redpacket.reconcile-every",
          "PT1M",
          "Time between two checks of the money of recent packets.");
  public static final Setting<Integer> MEDIA_IMAGE_BYTES =
      Setting.count(
          "media.image-bytes",
          20_971_520,
          1_024,
          Integer.MAX_VALUE,
          "Largest picture, also of a user or a group.");
  public static final Setting<Integer> MEDIA_AUDIO_BYTES =
      Setting.count(
          "media.audio-bytes", 20_971_520, 1_024, Integer.MAX_VALUE, "Largest sound recording.");
  public static final Setting<Integer> MEDIA_VIDEO_BYTES =
      Setting.count("media.video-bytes", 209_715_200, 1_024, Integer.MAX_VALUE, "Largest video.");
  public static final Setting<Integer> MEDIA_FILE_BYTES =
      Setting.count(
          "media.file-bytes", 209_715_200, 1_024, Integer.MAX_VALUE, "Largest file of any kind.");
  public static final Setting<Integer> MEDIA_QUOTA_MEBIBYTES =
      Setting.count(
          "media.quota-mebibytes", 10_240, 1, Integer.MAX_VALUE, "MiB that one user may store.");
  public static final Setting<Duration> MEDIA_URL_TTL =
      Setting.duration("media.url-ttl", "PT1H", "How long a signed URL is valid.");
  public static final Setting<Duration> MEDIA_UPLOAD_TTL =
      Setting.duration(
          "media.upload-ttl", "P1D", "After which an upload that nobody completed is swept away.");
  public static final Setting<Integer> MEDIA_CONNECTIONS =
      Setting.count(
          "media.connections", 4, 2, 1_000, "Connections to MySQL of the media storage alone.");
  public static final Setting<String> HOOK_URL =
      Setting.text(
          "hook.url", "", "URL that is told what users who are not connected miss; empty is none.");
  public static final Setting<String> HOOK_SECRET =
      Setting.text(
          "hook.secret",
          "",
          "Key that signs what goes there: whsec_ and 24 to 64 bytes in Base64.");
  public static final Setting<Duration> HOOK_DELAY =
      Setting.duration(
          "hook.delay", "PT2S", "How long what a user misses in a group is collected.");
  public static final Setting<Integer> NODE =
      Setting.count(
          "node",
          -1,
          -1,
          1023,
          "Number of this process in ids; -1 leases one that no other process has.");
  public static final Setting<String> MYSQL_URL =
      Setting.text("mysql.url", "", "JDBC URL of MySQL; empty runs the embedded MariaDB.");
  public static final Setting<String> MYSQL_USER = Setting.text("mysql.user", "", "MySQL user.");
  public static final Setting<String> MYSQL_PASSWORD =
      Setting.text("mysql.password", "", "MySQL password.");
  public static final Setting<Integer> MYSQL_CONNECTIONS =
      Setting.count("mysql.connections", 16, 4, 1_000, "Connections to MySQL.");
  public static final Setting<String> REDIS_URL =
      Setting.text(
          "redis.url",
          "",
          "redis:// URL, or redis-cluster:// with nodes by comma; empty runs the embedded Redis.");
  public static final Setting<String> S3_URL =
      Setting.text("s3.url", "", "URL of the S3 store; empty runs the embedded one.");
  public static final Setting<String> S3_PUBLIC_URL =
      Setting.text(
          "s3.public-url",
          "",
          "URL of the S3 store as clients reach it; empty is s3.url or the embedded one's.");
  public static final Setting<String> S3_BUCKET =
      Setting.text("s3.bucket", "hongbao", "Bucket for media; made where it is not there.");
  public static final Setting<String> S3_REGION =
      Setting.text("s3.region", "us-east-1", "Region of the S3 store.");
  public static final Setting<Integer> S3_PORT =
      Setting.count("s3.port", 0, 0, 65535, "Port of the embedded S3 store; 0 takes any free one.");
  public static final Setting<String> S3_BIND =
      Setting.text("s3.bind", "127.0.0.1", "Address that the embedded S3 store listens on.");
  public static final Setting<String> S3_ACCESS_KEY =
      Setting.text("s3.access-key", "", "Access key of the S3 store.");
  public static final Setting<String> S3_SECRET_KEY =
      Setting.text("s3.secret-key", "", "Secret key of the S3 store.");

  public static final Setting<String> CLUSTER_BIND =
      Setting.text(
          "cluster.bind", "127.0.0.1", "Address that a role serves the other nodes on (gRPC).");
  public static final Setting<Integer> CLUSTER_PORT =
      Setting.count(
          "cluster.port",
          9090,
          0,
          65535,
          "Port that a role serves the other nodes on; 0 takes any free one.");
  public static final Setting<String> CLUSTER_MESSAGE = clusterAddresses("message");
  public static final Setting<String> CLUSTER_PUSH = clusterAddresses("push");
  public static final Setting<String> CLUSTER_REDPACKET = clusterAddresses("redpacket");
  public static final Setting<String> CLUSTER_MEDIA = clusterAddresses("media");
  public static final Setting<String> CLUSTER_SECRET =
      new Setting<>(
          "cluster.secret",
          "",
          Settings::parseSecret,
          "Secret that all nodes share, at least 32 characters; empty asks for none.");
  public static final Setting<String> CLUSTER_TLS_CERTIFICATE =
      Setting.text(
          "cluster.tls-certificate",
          "",
          "PEM file with this node's certificate chain; empty is plain between nodes.");
  public static final Setting<String> CLUSTER_TLS_KEY =
      Setting.text(
          "cluster.tls-key", "", "PEM file with that certificate's private key (PKCS #8).");
  public static final Setting<String> CLUSTER_TLS_CA =
      Setting.text(
          "cluster.tls-ca", "", "PEM file with the authority that signed all nodes' certificates.");

  public static final Setting<String> DOCTOR_GATEWAYS =
      Setting.text(
          "doctor.gateways",
          "",
          "URLs of the gateways that ./hongbao doctor asks whether they are ready, by comma;"
              + " empty is the server that runs on data, of a cluster none.");

  /// Every setting, in the order of the documentation.
  public static final List<Setting<?>> ALL =
      List.of(
          PORT,
          DATA,
          BIND,
          MANAGEMENT_PORT,
          MANAGEMENT_BIND,
          TLS_CERTIFICATE,
          TLS_KEY,
          ORIGINS,
          EVENT_LOOPS,
          FRAME_BYTES,
          CONNECTIONS_MAX,
          WRITE_BUFFER_BYTES,
          SLOW_TIMEOUT,
          DRAIN_TIME,
          LEAVE_TIME,
          OPEN_TIMEOUT,
          HEARTBEAT,
          REQUESTS_PER_SECOND,
          REQUESTS_BURST,
          REQUESTS_IN_FLIGHT,
          ADDRESS_PER_MINUTE,
          TOKEN_TTL,
          TOKEN_SECRET,
          PASSWORD_HASH,
          GROUP_MEMBERS_MAX,
          FACE_TTL,
          RECALL_WINDOW,
          EDIT_WINDOW,
          LANES,
          REDPACKET_EXPIRY,
          REDPACKET_SPLIT,
          REDPACKET_STRATEGY,
          REDPACKET_SHARE_FEN_MAX,
          REDPACKET_CONNECTIONS,
          REDPACKET_RECONCILE_EVERY,
          MEDIA_IMAGE_BYTES,
          MEDIA_AUDIO_BYTES,
          MEDIA_VIDEO_BYTES,
          MEDIA_FILE_BYTES,
          MEDIA_QUOTA_MEBIBYTES,
          MEDIA_URL_TTL,
          MEDIA_UPLOAD_TTL,
          MEDIA_CONNECTIONS,
          HOOK_URL,
          HOOK_SECRET,
          HOOK_DELAY,
          NODE,
          MYSQL_URL,
          MYSQL_USER,
          MYSQL_PASSWORD,
          MYSQL_CONNECTIONS,
          REDIS_URL,
          S3_URL,
          S3_PUBLIC_URL,
          S3_BUCKET,
          S3_REGION,
          S3_PORT,
          S3_BIND,
          S3_ACCESS_KEY,
          S3_SECRET_KEY,
          CLUSTER_BIND,
          CLUSTER_PORT,
          CLUSTER_MESSAGE,
          CLUSTER_PUSH,
          CLUSTER_REDPACKET,
          CLUSTER_MEDIA,
          CLUSTER_SECRET,
          CLUSTER_TLS_CERTIFICATE,
          CLUSTER_TLS_KEY,
          CLUSTER_TLS_CA,
          DOCTOR_GATEWAYS);

  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = values;
  }

  /// @param flags by dotted name, as given on the command line
  /// @param environment the process's environment; only names that begin with `HONGBAO_` count
  /// @param file by dotted name
  /// @throws InvalidSettingException for a wrong value or an unknown name in flags or file
  public static Settings of(
      Map<String, String> flags, Map<String, String> environment, Properties file) {
    for (String name : flags.keySet()) {
      requireKnown(name);
    }
    for (String name : file.stringPropertyNames()) {
      requireKnown(name);
    }
    var values = new LinkedHashMap<String, Object>();
    for (Setting<?> setting : ALL) {
      String text = flags.get(setting.name());
      text = text != null ? text : environment.get(setting.environmentName());
      text = text != null ? text : file.getProperty(setting.name(), setting.defaultText());
      values.put(setting.name(), parse(setting, text.strip()));
    }
    return new Settings(values);
  }

  /// The defaults with a few values of one's own: for tests and embedding.
  public static Settings of(Map<String, String> flags) {
    return of(flags, Map.of(), new Properties());
  }

  @SuppressWarnings("unchecked") // put in by the same setting's parser
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting.name());
    if (value == null) {
      throw new IllegalStateException("not in Settings.ALL: " + setting.name());
    }
    return (T) value;
  }

  /// The same, with `value` for a text setting that is empty.
  public Settings orElse(Setting<String> setting, String value) {
    var completed = new LinkedHashMap<>(values);
    completed.replace(setting.name(), "", value);
    return new Settings(completed);
  }

  private static Setting<String> clusterAddresses(String role) {
    return Setting.text(
        "cluster." + role,
        "",
        "Instances of the " + role + " role, host:port by comma; a DNS name is all its addresses.");
  }

  private static String parseSecret(String text) {
    if (text.isEmpty() || text.length() >= SECRET_CHARACTERS_MIN) {
      return text;
    }
    throw new IllegalArgumentException(
        "must have at least " + SECRET_CHARACTERS_MIN + " characters");
  }

  private static Object parse(Setting<?> setting, String text) {
    try {
      return setting.parse().apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(setting.name(), String.valueOf(e.getMessage()));
    }
  }

  private static void requireKnown(String name) {
    if (ALL.stream().noneMatch(setting -> setting.name().equals(name))) {
      throw new InvalidSettingException(name, "is no setting; see --help");
    }
  }

  /// A setting that has no default here and must be given.
  public <T> T require(Setting<T> setting, @Nullable String why) {
    T value = get(setting);
    if (value.toString().isEmpty()) {
      throw new InvalidSettingException(
          setting.name(), "must be set" + (why == null ? "" : ": " + why));
    }
    return value;
  }
}
