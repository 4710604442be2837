package io.hongbao.common.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.remote.ClusterConfig.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What waits for an instance that takes nothing.
class StreamBoundsTest {

  private static final int LARGE_BYTES = 4_000_000;

  private ServerSocket silent;
  private ManagedChannel channel;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var address = (InetSocketAddress) silent.getLocalSocketAddress();
    channel = NettyChannelBuilder.forAddress(address).usePlaintext().build();
    var place = new Place(new Address("127.0.0.1", address.getPort()), address);
    connection = new Connection(place, channel, Runnable::run, new NoFate());
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    silent.close();
  }

  @Test
  void refusesRequestsBeyondTheBytesThatMayWait() {
    var stream = new ExchangeStream(connection);
    long fits = ExchangeStream.WAITING_BYTES_MAX / (LARGE_BYTES + 1_000);
    for (int i = 0; i < fits; i++) {
      assertThat(stream.accept(request(), StreamBoundsTest::atTheEnd)).isNull();
    }
    Refusal refusal = Objects.requireNonNull(stream.accept(request(), StreamBoundsTest::atTheEnd));
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(stream.inFlight()).isEqualTo((int) fits);
  }

  @Test
  void answersUnavailableAfterTheDeadline() {
    var stream = new ExchangeStream(connection);
    var replies = new ArrayList<Reply>();
    long before = System.nanoTime();
    assertThat(stream.accept(request(), replies::add)).isNull();

    stream.expire(before + ExchangeStream.DEADLINE_NANOS);
    assertThat(replies).isEmpty();
    stream.expire(System.nanoTime() + ExchangeStream.DEADLINE_NANOS + 1);
    assertThat(replies)
        .singleElement()
        .isInstanceOfSatisfying(
            Reply.Failure.class,
            late -> assertThat(late.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void givesAConnectionUpThatDoesNotTakeTheInterest() {
    var stream = new InterestStream(connection, new FakeSink());
    List<Long> groups = LongStream.range(0, InterestStream.IDS_MAX).map(i -> ~i).boxed().toList();
    long changeBytes = 10L * InterestStream.IDS_MAX; // a negative id takes ten bytes
    for (int i = 0; i < InterestStream.WAITING_BYTES_MAX / (changeBytes + 100); i++) {
      stream.addGroups(groups);
    }
    assertThat(channel.isShutdown()).isFalse();
    stream.addGroups(groups);
    assertThat(channel.isShutdown()).isTrue();
  }

  private static Request request() {
    return new Request(new Caller(7, 1, "d", "127.0.0.1"), "echo", new byte[LARGE_BYTES]);
  }

  private static void atTheEnd(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
  }

  private static final class NoFate implements Connection.Fate {

    @Override
    public void connected(Connection connection) {
      throw new AssertionError("nobody answers there");
    }

    @Override
    public void leaving(Connection connection) {
      throw new AssertionError("nobody answers there");
    }

    @Override
    public void lost(Connection connection, String reason) {
      // by a test's doing
    }
  }
}
