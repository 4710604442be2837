package io.hongbao.common.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Redis as the services see it, one or a cluster: one shared connection that comes back by itself.
///
/// Redis may be away at any moment, at the start too: commands then fail at once (they are neither
/// queued nor, after a reconnect, sent twice), and the caller takes its way without Redis. Nothing
/// that is kept here can't be made again. Of a cluster a part may be away alone, see [Outages].
public final class Redis implements AutoCloseable {

  /// After this long a command counts as failed; whether it was carried out is then unknown.
  private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

  private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

  /// How often a cluster is asked which master has what. It is asked besides, at most once in
  /// [#RECONNECT_PAUSE], where a node redirects or can't be reached.
  private static final Duration REFRESH_PERIOD = Duration.ofSeconds(15);

  private static final String CLUSTER = "-cluster://";

  /// What would end host and port stands in the password: the part before it would be taken for the
  /// host, and told where that is not found.
  private static final Pattern BARE_PASSWORD = Pattern.compile("//[^/?#]*[/?#].*@");

  private final AbstractRedisClient client;
  private final Supplier<Connection> connecting;
  private volatile @Nullable Connection connection;
  private volatile long nextAttemptNanos = System.nanoTime();

  private Redis(AbstractRedisClient client, Supplier<Connection> connecting) {
    this.client = client;
    this.connecting = connecting;
  }

  /// A connection with its commands, which are those that one Redis and a cluster have in common.
  public record Connection(
      StatefulConnection<String, String> link,
      RedisClusterCommands<String, String> sync,
      RedisClusterAsyncCommands<String, String> async)
      implements AutoCloseable {

    @Override
    public void close() {
      link.close();
    }
  }

  /// @param address `host:port`, where there are others beside it; else empty
  /// @param sync as [Redis#sync], of it alone
  public record Master(String address, Supplier<RedisClusterCommands<String, String>> sync) {}

  /// @param url `redis://[user:password@]host:port[/database]`, or, with some of the nodes of a
  ///   cluster, `redis-cluster://[user:password@]host:port,host:port,…`; by TLS `rediss`;
  ///   `?timeout=2s` behind it is for how long a command is waited for instead of 500 ms
  /// @throws IllegalArgumentException where it is neither; the message, which people see, has
  ///   nothing of the URL, as there may be a password in it
  public static Redis open(String url) {
    if (BARE_PASSWORD.matcher(url).find()) {
      throw wrongUrl();
    }
    try {
      return url.contains(CLUSTER) ? cluster(url) : single(url);
    } catch (IllegalArgumentException _) {
      throw wrongUrl();
    }
  }

  private static IllegalArgumentException wrongUrl() {
    return new IllegalArgumentException(
        "must be redis://[user:password@]host:port[/database] or"
            + " redis-cluster://[user:password@]host:port,host:port,…,"
            + " the password percent-encoded");
  }

  /// For a command: what the URL says, else ours.
  static Duration timeout(String url, RedisURI uri) {
    String query = URI.create(url).getRawQuery();
    return query != null && query.contains("timeout=") ? uri.getTimeout() : COMMAND_TIMEOUT;
  }

  private static Redis single(String url) {
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(timeout(url, uri));
    RedisClient client = RedisClient.create(uri);
    client.setOptions(options(uri.getTimeout()));
    return new Redis(
        client,
        () -> {
          var link = client.connect();
          return new Connection(link, link.sync(), link.async());
        });
  }

  private static Redis cluster(String url) {
    List<RedisURI> nodes = RedisClusterURIUtil.toRedisURIs(URI.create(url.replace(CLUSTER, "://")));
    Duration timeout = timeout(url, nodes.getFirst());
    nodes.forEach(node -> node.setTimeout(timeout));
    RedisClusterClient client = RedisClusterClient.create(nodes);
    client.setOptions(
        ClusterClientOptions.builder(options(timeout))
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(REFRESH_PERIOD)
                    .adaptiveRefreshTriggersTimeout(RECONNECT_PAUSE)
                    .build())
            .build());
    return new Redis(
        client,
        () -> {
          var link = client.connect();
          reachMasters(link);
          return new Connection(link, link.sync(), link.async());
        });
  }

  /// Waits until all masters are connected that can be: before, their commands would be rejected.
  private static void reachMasters(StatefulRedisClusterConnection<String, String> link) {
    CompletableFuture<?>[] masters =
        masters(link)
            .map(uri -> link.getConnectionAsync(uri.getHost(), uri.getPort()))
            .toArray(CompletableFuture[]::new);
    var _ = CompletableFuture.allOf(masters).handle((_, _) -> true).join();
  }

  private static Stream<RedisURI> masters(StatefulRedisClusterConnection<String, String> link) {
    return link.getPartitions().stream()
        .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
        .map(RedisClusterNode::getUri);
  }

  private static ClientOptions options(Duration timeout) {
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(100_000)
        .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
        .timeoutOptions(TimeoutOptions.enabled(timeout))
        .build();
  }

  /// Blocking commands; they throw `RedisException` where Redis is away.
  public RedisClusterCommands<String, String> sync() {
    return connection().sync();
  }

  public RedisClusterAsyncCommands<String, String> async() {
    return connection().async();
  }

  /// A connection of its own, for commands that wait on the server: they would hold up everybody
  /// else's. Whoever asks closes it.
  public Connection dedicated() {
    return connecting.get();
  }

  /// The one Redis, or every master of a cluster, for who looks at each.
  public List<Master> masters() {
    if (connection().link() instanceof StatefulRedisClusterConnection<String, String> cluster) {
      return masters(cluster)
          .map(
              uri ->
                  new Master(
                      uri.getHost() + ":" + uri.getPort(),
                      () -> cluster.getConnection(uri.getHost(), uri.getPort()).sync()))
          .toList();
    }
    return List.of(new Master("", this::sync));
  }

  /// Whether Redis answers now; of a cluster, whether a node does.
  public boolean isReady() {
    try {
      return "PONG".equals(sync().ping());
    } catch (RedisException _) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private Connection connection() {
    Connection open = connection;
    return open != null ? open : connect();
  }

  private synchronized Connection connect() {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    if (System.nanoTime() - nextAttemptNanos < 0) {
      throw new RedisConnectionException("Redis is away");
    }
    nextAttemptNanos = System.nanoTime() + RECONNECT_PAUSE.toNanos();
    open = connecting.get();
    connection = open;
    return open;
  }
}
