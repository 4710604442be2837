package io.hongbao.common.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.contract.Caller;
import io.hongbao.common.contract.Exchange;
import io.hongbao.common.contract.Reply;
import io.hongbao.common.contract.Request;
import io.hongbao.common.contract.TraceId;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Outcome;
import io.hongbao.common.error.Refusal;
import io.hongbao.common.remote.proto.AuthenticateRequest;
import io.hongbao.common.remote.proto.IdentityServiceGrpc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests to instances that come, go and break.
class PeersTest {

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void sendsAllAboutOneGroupToOneInstanceAndSpreadsTheGroups() throws Exception {
    Node a = node();
    Node b = node();
    Exchange exchange = connectedTo(2, a.address(), b.address()).exchange(Role.MESSAGE);
    for (int round = 0; round < 3; round++) {
      for (int group = 1; group <= 100; group++) {
        get(exchange.exchange(request(group, "echo", group)));
      }
    }
    Map<String, Integer> atA = byData(a);
    Map<String, Integer> atB = byData(b);
    assertThat(atA.values()).containsOnly(3);
    assertThat(atB.values()).containsOnly(3);
    assertThat(atA).hasSizeBetween(25, 75);
    assertThat(atA.size() + atB.size()).isEqualTo(100);
  }

  @Test
  void letsARequestWaitWhileTheSameGroupsLastOneIsElsewhere() throws Exception {
    Node a = node();
    Node b = node();
    var late = opened(new Wire(b.port()));
    late.cut();
    Peers peers = connectedTo(1, a.address(), late.address());
    Exchange exchange = peers.exchange(Role.MESSAGE);
    var first = new ArrayList<CompletionStage<Reply>>();
    for (int group = 1; group <= 20; group++) {
      first.add(exchange.exchange(request(1, "hold", group)));
    }
    await().until(() -> a.exchange.holding() == 20);
    late.mend();
    await().until(() -> instances(peers) == 2);

    var second = new ArrayList<CompletionStage<Reply>>();
    for (int group = 1; group <= 20; group++) {
      second.add(exchange.exchange(request(1, "echo", group)));
    }
    var another = exchange.exchange(request(2, "echo", 1));
    get(another);
    for (int group = 21; group <= 60; group++) {
      get(exchange.exchange(request(3, "echo", group)));
    }
    assertThat(b.exchange.asked).isNotEmpty().noneMatch(r -> r.caller().sessionId() == 1);

    a.exchange.release();
    for (CompletionStage<Reply> reply : first) {
      get(reply);
    }
    for (CompletionStage<Reply> reply : second) {
      get(reply);
    }
    assertThat(b.exchange.asked).anyMatch(r -> r.caller().sessionId() == 1);
  }

  @Test
  void answersUnavailableAtOnceWhenAnInstanceBreaksAndGoesOnWithTheOthers() throws Exception {
    Node a = node();
    Node b = node();
    var wire = opened(new Wire(a.port()));
    Peers peers = connectedTo(2, wire.address(), b.address());
    Exchange exchange = peers.exchange(Role.MESSAGE);
    var replies = new ArrayList<CompletionStage<Reply>>();
    for (int group = 1; group <= 100; group++) {
      replies.add(exchange.exchange(request(group, "hold", group)));
    }
    await().until(() -> a.exchange.holding() + b.exchange.holding() == 100);
    int lost = a.exchange.holding();
    assertThat(lost).isPositive();
    wire.cut();
    await()
        .until(
            () -> replies.stream().filter(r -> r.toCompletableFuture().isDone()).count() == lost);
    for (CompletionStage<Reply> reply : replies) {
      if (reply.toCompletableFuture().isDone()) {
        assertIsUnavailable(get(reply));
      }
    }
    await().until(() -> instances(peers) == 1);
    for (int group = 1; group <= 100; group++) {
      assertThat(get(exchange.exchange(request(group, "echo", group))))
          .isInstanceOf(Reply.Success.class);
    }

    wire.mend();
    await().until(() -> instances(peers) == 2);
    int before = a.exchange.count();
    for (int group = 1; group <= 100; group++) {
      get(exchange.exchange(request(group, "echo", group)));
    }
    assertThat(a.exchange.count()).isGreaterThan(before);
  }

  @Test
  void noticesAnInstanceThatIsSilent() throws Exception {
    Node a = node();
    var wire = opened(new Wire(a.port()));
    Peers peers = connectedTo(1, wire.address());
    CompletionStage<Reply> reply = peers.exchange(Role.MESSAGE).exchange(request(1, "hold", 1));
    await().until(() -> a.exchange.holding() == 1);
    wire.goDead();
    assertIsUnavailable(get(reply));
    await().until(() -> !peers.isConnected(Role.MESSAGE));
  }

  @Test
  void asksAnotherInstanceOnceWhereTheFirstIsLost() throws Exception {
    Node a = node();
    Node b = node();
    var wire = opened(new Wire(a.port()));
    Peers peers = connectedTo(2, wire.address(), b.address());
    var identity = peers.identity();
    TraceId trace = TraceId.next();
    wire.cut();
    for (int i = 0; i < 50; i++) {
      String token = "token-" + i;
      assertThat(get(trace.with(() -> identity.authenticate(token))))
          .isInstanceOf(Outcome.Done.class);
    }
    assertThat(b.answers.traces).hasSize(50).containsOnly(trace);
  }

  @Test
  void answersUnavailableWhereAQuestionIsNotAnsweredInTime() throws Exception {
    var identity = connectedTo(1, node().address()).identity();
    long begun = System.nanoTime();
    assertThat(get(identity.authenticate("silence")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            late -> assertThat(late.refusal().code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(System.nanoTime() - begun)
        .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(Calls.DEADLINE_SECONDS));
  }

  @Test
  void refusesWhatIsBeyondTheRequestsInFlight() throws Exception {
    Node a = node();
    Exchange exchange = connectedTo(1, a.address()).exchange(Role.MESSAGE);
    var last = exchange.exchange(request(1, "hold", 1));
    for (int i = 1; i < ExchangeStream.IN_FLIGHT_MAX; i++) {
      last = exchange.exchange(request(1 + i % 100, "hold", 1));
    }
    assertIsUnavailable(get(exchange.exchange(request(2, "hold", 1))));
    await().until(() -> a.exchange.holding() == ExchangeStream.IN_FLIGHT_MAX);
    a.exchange.release();
    assertThat(get(last)).isInstanceOf(Reply.Success.class);
    assertThat(get(exchange.exchange(request(2, "echo", 1)))).isInstanceOf(Reply.Success.class);
  }

  @Test
  void leavesWithoutAFailedRequest() throws Exception {
    Node a = Node.start();
    Node b = node();
    Peers peers = connectedTo(2, a.address(), b.address());
    Exchange exchange = peers.exchange(Role.MESSAGE);
    var held = new ArrayList<CompletionStage<Reply>>();
    for (int group = 1; group <= 20; group++) {
      held.add(exchange.exchange(request(100 + group, "hold", group)));
    }
    await().until(() -> a.exchange.holding() + b.exchange.holding() == 20);
    Thread leaving = Thread.ofVirtual().start(a::close);
    await().until(() -> instances(peers) == 1);
    for (int group = 1; group <= 50; group++) {
      assertThat(get(exchange.exchange(request(group, "echo", group))))
          .isInstanceOf(Reply.Success.class);
    }
    a.exchange.release();
    b.exchange.release();
    for (CompletionStage<Reply> reply : held) {
      assertThat(get(reply)).isInstanceOf(Reply.Success.class);
    }
    assertThat(leaving.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void answersInternalForAServiceThatFails() throws Exception {
    Exchange exchange = connectedTo(1, node().address()).exchange(Role.MESSAGE);
    for (String op : List.of("fail", "throw")) {
      Reply reply = get(exchange.exchange(request(1, op, 1)));
      assertThat(((Reply.Failure) reply).refusal().code()).isEqualTo(ErrorCode.INTERNAL);
    }
    assertThat(get(exchange.exchange(request(1, "echo", 1)))).isInstanceOf(Reply.Success.class);
  }

  @Test
  void findsTheAddressesThatANameStandsForLater() throws Exception {
    Node a = node();
    var wire = opened(new Wire(a.port()));
    var names = new AtomicReference<>(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    Peers peers =
        opened(
            Peers.start(
                Node.at("messages:" + wire.address().split(":")[1]),
                new SimpleMeterRegistry(),
                _ -> new InetAddress[] {names.get()}));
    Exchange exchange = peers.exchange(Role.MESSAGE);
    assertIsUnavailable(get(exchange.exchange(request(1, "echo", 1))));
    names.set(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    await().until(() -> peers.isConnected(Role.MESSAGE));
    assertThat(get(exchange.exchange(request(1, "echo", 1)))).isInstanceOf(Reply.Success.class);
  }

  @Test
  void usesOneConnectionWhereTwoAddressesAreOneInstance() throws Exception {
    Node a = node();
    Peers peers = connectedTo(1, a.address(), "localhost:" + a.port());
    await().during(300, TimeUnit.MILLISECONDS).until(() -> instances(peers) == 1);
    get(peers.exchange(Role.MESSAGE).exchange(request(1, "echo", 1)));
  }

  @Test
  void asksForTheSecret() throws Exception {
    String secret = "0123456789abcdef0123456789abcdef-ü";
    Node a = opened(Node.start(Node.config("cluster.secret", secret)));
    Peers wrong =
        opened(
            Peers.start(
                Node.config("cluster.message", a.address(), "cluster.secret", secret + "x"),
                new SimpleMeterRegistry()));
    Peers none =
        opened(Peers.start(Node.config("cluster.message", a.address()), new SimpleMeterRegistry()));
    Peers right =
        opened(
            Peers.start(
                Node.config("cluster.message", a.address(), "cluster.secret", secret),
                new SimpleMeterRegistry()));
    assertThat(wrong.isConnected(Role.MESSAGE) || none.isConnected(Role.MESSAGE)).isFalse();
    await().until(() -> right.isConnected(Role.MESSAGE));
    assertThat(get(right.identity().authenticate("good"))).isInstanceOf(Outcome.Done.class);
    await()
        .during(200, TimeUnit.MILLISECONDS)
        .until(() -> !wrong.isConnected(Role.MESSAGE) && !none.isConnected(Role.MESSAGE));
  }

  @Test
  void speaksTlsToWhoShowsACertificateOfItsAuthority() throws Exception {
    Node a = opened(Node.start(tls("certificate", "key", "certificate")));
    var trusting = GrpcSslContexts.forClient().trustManager(file("certificate"));
    assertThat(isAnswered(a, trusting.build())).isFalse();
    assertThat(
            isAnswered(
                a,
                trusting.keyManager(file("elsewhere-certificate"), file("elsewhere-key")).build()))
        .isFalse();
    assertThat(isAnswered(a, trusting.keyManager(file("certificate"), file("key")).build()))
        .isTrue();

    Peers plain =
        opened(Peers.start(Node.config("cluster.message", a.address()), new SimpleMeterRegistry()));
    plain.identity();
    Peers right =
        opened(
            Peers.start(
                tls(
                    "certificate",
                    "key",
                    "certificate",
                    "cluster.message",
                    "localhost:" + a.port()),
                new SimpleMeterRegistry()));
    right.identity();
    await().until(() -> right.isConnected(Role.MESSAGE));
    assertThat(get(right.identity().authenticate("good"))).isInstanceOf(Outcome.Done.class);
    assertThat(plain.isConnected(Role.MESSAGE)).isFalse();
  }

  @Test
  void asksNobodyWhoseCertificateNamesAnotherHost() throws Exception {
    Node a = opened(Node.start(tls("elsewhere-certificate", "elsewhere-key", "certificate")));
    Peers here = trustingElsewhere("localhost", a.port());
    Peers elsewhere = trustingElsewhere("elsewhere", a.port());
    await().until(() -> elsewhere.isConnected(Role.MESSAGE));
    await().during(200, TimeUnit.MILLISECONDS).until(() -> !here.isConnected(Role.MESSAGE));
  }

  @Test
  void namesTheSettingThatIsWrong() throws Exception {
    Peers none = opened(Peers.start(Node.config(), new SimpleMeterRegistry()));
    assertThatThrownBy(none::push)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("cluster.push must say where");
    assertThatThrownBy(() -> Node.config("cluster.push", "push-1,push-2:9090"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("cluster.push must be host:port, several by comma, and is not: push-1");
    assertThatThrownBy(() -> Node.config("cluster.tls-key", file("key").getPath()))
        .hasMessageStartingWith("cluster.tls-certificate must be set");
    assertThatThrownBy(() -> Node.config("cluster.secret", "short"))
        .hasMessageStartingWith("cluster.secret must have at least 32");
    Node a = node();
    assertThatThrownBy(() -> Node.startOn(a.port()))
        .isInstanceOf(ClusterStartException.class)
        .hasMessageContaining("--cluster.port");
    assertThat(ClusterConfig.Address.parse("[::1]:9090"))
        .isEqualTo(new ClusterConfig.Address("::1", 9090))
        .hasToString("[::1]:9090");
  }

  private Node node() {
    return opened(Node.start());
  }

  private Peers connectedTo(int instances, String... addresses) {
    Peers peers =
        opened(Peers.start(Node.at(String.join(",", addresses)), new SimpleMeterRegistry()));
    peers.exchange(Role.MESSAGE);
    await().until(() -> instances(peers) == instances);
    return peers;
  }

  private static int instances(Peers peers) {
    return peers.instanceCount(Role.MESSAGE);
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  /// Looks for a node of the other authority by a name, which is this machine's.
  private Peers trustingElsewhere(String host, int port) throws Exception {
    Peers peers =
        opened(
            Peers.start(
                tls(
                    "certificate",
                    "key",
                    "elsewhere-certificate",
                    "cluster.message",
                    host + ":" + port),
                new SimpleMeterRegistry(),
                _ -> new InetAddress[] {InetAddress.getLoopbackAddress()}));
    peers.identity();
    return peers;
  }

  private static boolean isAnswered(Node node, SslContext tls) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", node.port()).sslContext(tls).build();
    try {
      ClientCalls.blockingUnaryCall(
          channel,
          IdentityServiceGrpc.getAuthenticateMethod(),
          CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
          AuthenticateRequest.newBuilder().setToken("good").build());
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static ClusterConfig tls(String certificate, String key, String ca, String... more)
      throws Exception {
    var settings =
        new ArrayList<>(
            List.of(
                "cluster.tls-certificate", file(certificate).getPath(),
                "cluster.tls-key", file(key).getPath(),
                "cluster.tls-ca", file(ca).getPath()));
    settings.addAll(List.of(more));
    return Node.config(settings.toArray(String[]::new));
  }

  private static File file(String name) throws Exception {
    var url = PeersTest.class.getResource("/tls/" + name + ".pem");
    if (url == null) {
      throw new IllegalStateException(name);
    }
    return new File(url.toURI());
  }

  private static Map<String, Integer> byData(Node node) {
    var counts = new HashMap<String, Integer>();
    node.exchange.asked.forEach(
        request ->
            counts.merge(new String(request.data(), StandardCharsets.UTF_8), 1, Integer::sum));
    return counts;
  }

  private static Request request(long sessionId, String op, long groupId) {
    return new Request(
        new Caller(7, sessionId, "d", "127.0.0.1"),
        op,
        ("{\"groupId\":\"" + groupId + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void assertIsUnavailable(Reply reply) {
    Refusal refusal = ((Reply.Failure) reply).refusal();
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refusal.retryAfterMs()).isPositive();
  }
}
