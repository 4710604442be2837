package io.hongbao.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Holds every client connection on one event loop, keeps a window of messages in flight in each
/// group, and counts what arrives.
///
/// One member of each group is watched: what it receives lets the next message of the group go out.
/// All state belongs to the loop.
final class LoadGenerator implements AutoCloseable {

  /// Handshakes under way at once.
  private static final int OPENING_MAX = 100;

  private static final Duration OPENING_PATIENCE = Duration.ofSeconds(60);
  private static final Duration SEND_TICK = Duration.ofMillis(1);
  private static final Duration MARK_TICK = Duration.ofMillis(10);
  private static final String STAMP = "t=";
  private static final int STAMP_DIGITS = 16;

  private final Speaker speaker;
  private final Workload workload;
  private final List<Integer> ports;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = (EventLoop) loops.next();
  private final List<LoadConnection> connections = new ArrayList<>();
  private final Semaphore opening = new Semaphore(OPENING_MAX);
  private final CountDownLatch openings;
  private final int[] nextSender;
  private final String padding;
  private final Histogram deliveryMicros = new Histogram(60_000_000, 3);
  private final List<Future<?>> ticking = new ArrayList<>();
  private long deliveries;
  private long numbers;
  private long lost;
  private boolean keepsWindows;

  /// Counts at one moment.
  record Counts(long nanos, long deliveries, double cpuSeconds) {}

  /// @param ports of the servers: each group's members are spread over them
  LoadGenerator(Speaker speaker, Workload workload, List<Integer> ports, int textBytes) {
    this.speaker = speaker;
    this.workload = workload;
    this.ports = List.copyOf(ports);
    this.openings = new CountDownLatch(workload.connections());
    this.nextSender = new int[workload.groups()];
    this.padding = "x".repeat(Math.max(0, textBytes - STAMP.length() - STAMP_DIGITS - 1));
  }

  Speaker speaker() {
    return speaker;
  }

  /// Opens all connections; returns when every one is ready.
  LoadGenerator open() throws InterruptedException, IOException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
    for (int group = 0; group < workload.groups(); group++) {
      for (int member = 0; member < workload.members(); member++) {
        var connection = new LoadConnection(this, group, member, member == 0);
        connections.add(connection);
        if (!opening.tryAcquire(OPENING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IOException("connections do not open: " + openings.getCount() + " missing");
        }
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(connection);
                  }
                })
            .connect("127.0.0.1", ports.get(member % ports.size()));
      }
    }
    if (!openings.await(OPENING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("connections do not open: " + openings.getCount() + " missing");
    }
    return this;
  }

  /// Begins to send: a window in each group, kept full by what the watched members receive.
  void start() {
    loop.execute(
        () -> {
          keepsWindows = true;
          for (int group = 0; group < workload.groups(); group++) {
            for (int i = 0; i < workload.window(); i++) {
              sendNext(group);
            }
          }
        });
  }

  /// Begins to send at a fixed rate over all groups instead, in ticks of a millisecond.
  void startAtRate(double messagesPerSecond) {
    long begin = System.nanoTime();
    long[] sent = new long[1];
    var _ =
        tick(
            SEND_TICK,
            () -> {
              long due = (long) ((System.nanoTime() - begin) / 1e9 * messagesPerSecond);
              for (; sent[0] < due; sent[0]++) {
                sendNext((int) (sent[0] % workload.groups()));
              }
            });
  }

  /// Until it is cancelled every member marks its group as read once a second, as the SDKs do in a
  /// busy group.
  Future<?> markReads() {
    int perTick = Math.max(1, connections.size() * (int) MARK_TICK.toMillis() / 1_000);
    int[] next = new int[1];
    return tick(
        MARK_TICK,
        () -> {
          for (int i = 0; i < perTick; i++) {
            LoadConnection connection = connections.get(next[0]++ % connections.size());
            String mark = speaker.readMark(connection.group(), connection.member(), ++numbers);
            if (mark != null) {
              connection.send(mark);
            }
          }
        });
  }

  /// Ends all that was begun; returns when nothing more is sent.
  void stop() throws InterruptedException {
    onLoop(
        () -> {
          keepsWindows = false;
          ticking.forEach(each -> each.cancel(false));
          return true;
        });
  }

  Counts counts(DoubleSupplier serverCpuSeconds) throws InterruptedException {
    double cpu = serverCpuSeconds.getAsDouble();
    return onLoop(() -> new Counts(System.nanoTime(), deliveries, cpu));
  }

  /// Send-to-arrival times at the watched members since the last call, in microseconds.
  Histogram takeDeliveryMicros() throws InterruptedException {
    return onLoop(
        () -> {
          Histogram copy = deliveryMicros.copy();
          deliveryMicros.reset();
          return copy;
        });
  }

  long lostConnections() throws InterruptedException {
    return onLoop(() -> lost);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }

  void opened() {
    opening.release();
    openings.countDown();
  }

  void lost() {
    lost++;
  }

  void delivered() {
    deliveries++;
  }

  void watchedDelivery(int group, ByteBuf in, int payload, int size) {
    long sentAt = stamp(in, payload, size);
    if (sentAt > 0) {
      deliveryMicros.recordValue(Math.min(nowMicros() - sentAt, 60_000_000));
    }
    if (keepsWindows) {
      sendNext(group);
    }
  }

  private Future<?> tick(Duration every, Runnable work) {
    Future<?> ticks =
        loop.scheduleAtFixedRate(work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    loop.execute(() -> ticking.add(ticks));
    return ticks;
  }

  private void sendNext(int group) {
    int member = nextSender[group];
    nextSender[group] = (member + 1) % workload.members();
    String text = STAMP + String.format("%016d", nowMicros()) + " " + padding;
    connections
        .get(group * workload.members() + member)
        .send(speaker.message(group, member, ++numbers, text));
  }

  private static long nowMicros() {
    return System.nanoTime() / 1_000;
  }

  private static long stamp(ByteBuf in, int payload, int size) {
    int end = payload + size - STAMP_DIGITS;
    for (int at = in.indexOf(payload, end, (byte) 't');
        at > 0;
        at = in.indexOf(at + 1, end, (byte) 't')) {
      if (in.getByte(at + 1) == '=') {
        long value = 0;
        for (int i = at + 2; i < at + 2 + STAMP_DIGITS; i++) {
          value = value * 10 + in.getByte(i) - '0';
        }
        return value;
      }
    }
    return 0;
  }

  private <T> T onLoop(Supplier<T> work) throws InterruptedException {
    var result = new CompletableFuture<@Nullable T>();
    loop.execute(() -> result.complete(work.get()));
    try {
      T value = result.get();
      if (value == null) {
        throw new IllegalStateException("nothing measured");
      }
      return value;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
