package io.hongbao.common.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Redis as the services see it: one shared connection that comes back by itself.
///
/// Redis may be away at any moment, at the start too: commands then fail at once (they are neither
/// queued nor, after a reconnect, sent twice), and the caller takes its way without Redis. Nothing
/// that is kept here can't be made again.
public final class Redis implements AutoCloseable {

  /// After this long a command counts as failed; whether it was carried out is then unknown.
  private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

  private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

  private final RedisClient client;
  private volatile @Nullable StatefulRedisConnection<String, String> connection;
  private volatile long nextAttemptNanos = System.nanoTime();

  private Redis(RedisClient client) {
    this.client = client;
  }

  public static Redis open(String url) {
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(COMMAND_TIMEOUT);
    RedisClient client = RedisClient.create(uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(100_000)
            .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
            .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
            .build());
    return new Redis(client);
  }

  /// Blocking commands; they throw `RedisException` where Redis is away.
  public RedisCommands<String, String> sync() {
    return connection().sync();
  }

  public RedisAsyncCommands<String, String> async() {
    return connection().async();
  }

  /// A connection of its own, for commands that wait on the server: they would hold up everybody
  /// else's. Whoever asks closes it.
  public StatefulRedisConnection<String, String> dedicated() {
    return client.connect();
  }

  /// Whether Redis answers now.
  public boolean isReady() {
    try {
      return "PONG".equals(sync().ping());
    } catch (io.lettuce.core.RedisException _) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private StatefulRedisConnection<String, String> connection() {
    StatefulRedisConnection<String, String> open = connection;
    return open != null ? open : connect();
  }

  private synchronized StatefulRedisConnection<String, String> connect() {
    StatefulRedisConnection<String, String> open = connection;
    if (open != null) {
      return open;
    }
    if (System.nanoTime() - nextAttemptNanos < 0) {
      throw new io.lettuce.core.RedisConnectionException("Redis is away");
    }
    nextAttemptNanos = System.nanoTime() + RECONNECT_PAUSE.toNanos();
    open = client.connect();
    connection = open;
    return open;
  }
}
