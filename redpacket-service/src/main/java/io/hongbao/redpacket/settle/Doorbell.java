package io.hongbao.redpacket.settle;

import io.hongbao.common.redis.Redis;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Redis Stream that wakes a worker when a packet has something in the outbox. Nothing depends on
/// it: a ring may be lost, doubled or late; the outbox is asked regularly besides. One thread
/// listens, any may ring.
public final class Doorbell implements AutoCloseable {

  static final String STREAM = "{rp}:bell";
  private static final String GROUP = "settlers";
  private static final String FIELD = "packetId";

  /// Rings kept; older ones are dropped, and found by asking the outbox.
  static final long RINGS_MAX = 10_000;

  private static final int RINGS_AT_ONCE = 200;

  private final Redis redis;
  private final String listener;
  private Redis.@Nullable Connection connection;

  /// @param listener the name of this process among those that listen
  public Doorbell(Redis redis, String listener) {
    this.redis = redis;
    this.listener = listener;
  }

  /// Returns at once; where Redis is away nothing happens.
  public void ring(long packetId) {
    try {
      var _ =
          redis
              .async()
              .xadd(
                  STREAM,
                  XAddArgs.Builder.maxlen(RINGS_MAX).approximateTrimming(),
                  Map.of(FIELD, Long.toString(packetId)));
    } catch (RedisException _) {
      // The outbox is asked regularly.
    }
  }

  /// The packets that were rung for, each ring heard by one process; after `wait` an empty list.
  ///
  /// @throws RedisException where Redis is away
  public List<Long> listen(Duration wait) {
    try {
      return read(wait);
    } catch (RedisCommandExecutionException e) {
      if (!String.valueOf(e.getMessage()).startsWith("NOGROUP")) {
        throw e;
      }
      createGroup(); // the first time, and after Redis has lost everything
      return read(wait);
    } catch (RedisException e) {
      close();
      throw e;
    }
  }

  private List<Long> read(Duration wait) {
    @SuppressWarnings("unchecked") // an array of a generic type
    List<StreamMessage<String, String>> rings =
        open()
            .sync()
            .xreadgroup(
                Consumer.from(GROUP, listener),
                XReadArgs.Builder.block(wait).count(RINGS_AT_ONCE).noack(true),
                XReadArgs.StreamOffset.lastConsumed(STREAM));
    var packetIds = new ArrayList<Long>();
    for (StreamMessage<String, String> ring : rings) {
      packetIds.add(Long.valueOf(ring.getBody().get(FIELD)));
    }
    return packetIds;
  }

  private void createGroup() {
    try {
      var _ =
          open()
              .sync()
              .xgroupCreate(
                  XReadArgs.StreamOffset.latest(STREAM),
                  GROUP,
                  XGroupCreateArgs.Builder.mkstream());
    } catch (RedisBusyException _) {
      // another process was first
    }
  }

  private Redis.Connection open() {
    Redis.Connection open = connection;
    if (open == null) {
      open = redis.dedicated();
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
