package io.hongbao.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What the machine can do at most: a server that knows no users and no rules. A text frame goes to
/// everybody whose path is the same, joined with what else came for them in the same turn of the
/// loop: one write of one shared buffer.
///
/// Without a database (`B` in the tables) nothing is kept. With one (`D`) a single committer takes
/// all that waits, up to [#BATCH_MAX] rows, into one transaction before it is sent.
final class BareServer {

  private static final int BATCH_MAX = 256;
  private static final int QUEUE_MAX = 100_000;

  private static final byte[] EVENT_START =
      "{\"event\":\"message\",\"data\":".getBytes(StandardCharsets.US_ASCII);

  private final int eventBytes;
  private final EventLoop loop;
  private final @Nullable ArrayBlockingQueue<Sent> toCommit;
  private final Map<String, Room> rooms = new HashMap<>();
  private final List<Room> dirty = new ArrayList<>();

  private BareServer(EventLoop loop, int eventBytes, @Nullable HikariDataSource pool) {
    this.loop = loop;
    this.eventBytes = eventBytes;
    this.toCommit = pool == null ? null : new ArrayBlockingQueue<>(QUEUE_MAX);
    if (pool != null) {
      Thread.ofPlatform().daemon().name("committer").start(() -> commitForever(pool));
    }
  }

  /// Listens on the port of the system property `port`. Arguments: bytes of an event, and for `D`
  /// JDBC URL, user and password.
  public static void main(String[] arguments) throws Exception {
    var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    HikariDataSource pool = null;
    if (arguments.length > 1) {
      pool = new HikariDataSource();
      pool.setJdbcUrl(arguments[1]);
      pool.setUsername(arguments[2]);
      pool.setPassword(arguments[3]);
      pool.setMaximumPoolSize(1);
      pool.setAutoCommit(false);
      pool.addDataSourceProperty("rewriteBatchedStatements", "true");
      pool.addDataSourceProperty("useServerPrepStmts", "true");
      pool.addDataSourceProperty("cachePrepStmts", "true");
      prepare(pool);
    }
    var server = new BareServer((EventLoop) loops.next(), Integer.parseInt(arguments[0]), pool);
    new ServerBootstrap()
        .group(loops)
        .channel(EpollServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(server.pipeline())
        .bind("127.0.0.1", Integer.getInteger("port"))
        .sync();
  }

  private static void prepare(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS bare_message (
            message_id BIGINT NOT NULL AUTO_INCREMENT, group_id BIGINT NOT NULL, seq BIGINT NOT NULL,
            sender_id BIGINT NOT NULL, type TINYINT NOT NULL, content VARBINARY(2000) NOT NULL,
            sent_at BIGINT NOT NULL, PRIMARY KEY (message_id), UNIQUE KEY (group_id, seq))
          """);
      statement.execute("TRUNCATE TABLE bare_message");
      connection.commit();
    }
  }

  private ChannelInitializer<Channel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new HttpServerCodec())
            .addLast(new HttpObjectAggregator(8192))
            .addLast(
                new WebSocketServerProtocolHandler(
                    WebSocketServerProtocolConfig.newBuilder()
                        .websocketPath("/ws")
                        .checkStartsWith(true)
                        .build()))
            .addLast(new Member());
      }
    };
  }

  private final class Member extends SimpleChannelInboundHandler<WebSocketFrame> {
    private @Nullable Room room;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object happened) {
      if (happened instanceof WebSocketServerProtocolHandler.HandshakeComplete complete) {
        Room mine = rooms.computeIfAbsent(complete.requestUri(), _ -> new Room(rooms.size()));
        mine.members.add(context.channel());
        room = mine;
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (room != null) {
        room.members.remove(context.channel());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      Room mine = room;
      if (mine == null || !(frame instanceof TextWebSocketFrame)) {
        return;
      }
      var sent = new Sent(mine, ByteBufUtil.getBytes(frame.content()));
      if (toCommit != null) {
        toCommit.add(sent);
      } else {
        send(sent);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class Room {
    final int number;
    final List<Channel> members = new ArrayList<>();
    final List<byte[]> waiting = new ArrayList<>();
    long seq;

    Room(int number) {
      this.number = number;
    }
  }

  private record Sent(Room room, byte[] payload) {}

  private void send(Sent sent) {
    Room room = sent.room();
    room.waiting.add(sent.payload());
    if (room.waiting.size() == 1) {
      if (dirty.isEmpty()) {
        loop.execute(this::flush);
      }
      dirty.add(room);
    }
  }

  private void flush() {
    for (Room room : dirty) {
      ByteBuf frames =
          ByteBufAllocator.DEFAULT.directBuffer(room.waiting.size() * (eventBytes + 4));
      room.waiting.forEach(payload -> writeEvent(frames, payload));
      room.waiting.clear();
      for (Channel member : room.members) {
        member.writeAndFlush(frames.retainedDuplicate(), member.voidPromise());
      }
      frames.release();
    }
    dirty.clear();
  }

  /// An event as large as one of ours, with what the sender wrote in it.
  private void writeEvent(ByteBuf frames, byte[] payload) {
    int padding = eventBytes - EVENT_START.length - payload.length - 1;
    frames.writeByte(0x81);
    frames.writeByte(126);
    frames.writeShort(EVENT_START.length + payload.length + Math.max(0, padding) + 1);
    frames.writeBytes(EVENT_START);
    frames.writeBytes(payload);
    for (int i = 0; i < padding; i++) {
      frames.writeByte(' ');
    }
    frames.writeByte('}');
  }

  private void commitForever(HikariDataSource pool) {
    ArrayBlockingQueue<Sent> queue = toCommit;
    if (queue == null) {
      return;
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO bare_message (group_id, seq, sender_id, type, content, sent_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")) {
      var batch = new ArrayList<Sent>();
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH_MAX - 1);
        for (Sent sent : batch) {
          insert.setLong(1, sent.room().number);
          insert.setLong(2, ++sent.room().seq);
          insert.setLong(3, 1);
          insert.setInt(4, 1);
          insert.setBytes(5, sent.payload());
          insert.setLong(6, System.currentTimeMillis());
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        List<Sent> committed = List.copyOf(batch);
        batch.clear();
        loop.execute(() -> committed.forEach(this::send));
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("the committer stopped", e);
    }
  }
}
