package io.hongbao.common.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.Push;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Deliveries by way of push instances that come, go and break: none is doubled, and where one may
/// be missing the gateway is told.
class PushingTest {

  private final List<AutoCloseable> open = new ArrayList<>();
  private final FakeSink sink = new FakeSink();
  private final SimpleMeterRegistry serviceMeters = new SimpleMeterRegistry();

  @AfterEach
  void stop() throws Exception {
    sink.letGo();
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void tellsAllInstancesTheInterestAndPublishesToOne() throws Exception {
    Node a = node();
    Node b = node();
    Interest.Link link = gateway(2, a.address(), b.address());
    get(link.addGroups(groups(1, 100)));
    get(link.addUser(7));
    assertThat(a.push.hasGroup(50) && b.push.hasGroup(50)).isTrue();
    assertThat(a.push.hasUser(7) && b.push.hasUser(7)).isTrue();

    Push push = service(2, a.address(), b.address()).push();
    groups(1, 100).forEach(groupId -> push.publish(new Delivery.LogTail(groupId, 1)));
    groups(1, 100).forEach(groupId -> push.publish(new Delivery.LogTail(groupId, 2)));
    await().until(() -> sink.got.size() == 200);
    await().during(50, TimeUnit.MILLISECONDS).until(() -> sink.got.size() == 200);
    for (long groupId : groups(1, 100)) {
      assertThat(sink.got)
          .containsSubsequence(new Delivery.LogTail(groupId, 1), new Delivery.LogTail(groupId, 2));
    }
    assertThat(sink.missed).hasValue(0);
  }

  @Test
  void tellsAnInstanceThatComesBackTheWholeInterestAndTheGatewayThatItMissed() throws Exception {
    Node a = node();
    var wire = opened(new Wire(a.port()));
    Interest.Link link = gateway(1, wire.address());
    List<Long> many = groups(1, 3 * InterestStream.IDS_MAX);
    get(link.addGroups(many));
    wire.cut();
    await().until(() -> a.push.gateways.isEmpty());
    get(link.addUser(8));
    link.removeGroups(List.of(2L));
    assertThat(sink.missed).hasValue(0);

    wire.mend();
    await().until(() -> sink.missed.get() == 1);
    assertThat(a.push.hasUser(8)).isTrue();
    assertThat(a.push.hasGroup(1) && a.push.hasGroup(3L * InterestStream.IDS_MAX)).isTrue();
    assertThat(a.push.hasGroup(2)).isFalse();
  }

  @Test
  void doesNotWaitForAnInstanceThatIsSilent() throws Exception {
    Node a = node();
    Node b = node();
    var wire = opened(new Wire(b.port()));
    Interest.Link link = gateway(2, a.address(), wire.address());
    get(link.addUser(1));
    wire.goDead();
    get(link.addUser(2));
    assertThat(a.push.hasUser(2)).isTrue();
    assertThat(b.push.hasUser(2)).isFalse();
  }

  @Test
  void tellsTheGatewaysWhenAPublisherHasDroppedSomething() throws Exception {
    Node a = node();
    var wire = opened(new Wire(a.port()));
    gateway(1, a.address());
    wire.cut();
    Push push = service(0, wire.address()).push();
    push.publish(new Delivery.LogTail(1, 1));
    assertThat(serviceMeters.counter("hongbao.cluster.published.dropped").count()).isEqualTo(1);
    assertThat(sink.missed).hasValue(0);
    wire.mend();
    await().until(() -> sink.missed.get() == 1);
  }

  @Test
  void dropsWhatIsBeyondTheBytesThatMayWaitAndSaysSo() throws Exception {
    Node a = node();
    var wire = opened(new Wire(a.port()));
    gateway(1, a.address());
    Push push = service(1, wire.address()).push();
    wire.goDead();
    // small beside the bound: the transport takes one or two more at any time
    var signal = new Delivery.GroupSignal(5, 0, new byte[400_000]);
    for (int i = 0; i < 250; i++) {
      push.publish(signal);
    }
    assertThat(serviceMeters.get("hongbao.cluster.publish.queue.bytes").gauge().value())
        .isBetween(0.9 * RemotePush.WAITING_BYTES_MAX, 1.0 * RemotePush.WAITING_BYTES_MAX);
    assertThat(serviceMeters.counter("hongbao.cluster.published.dropped").count()).isPositive();
    wire.mend();
    await().until(() -> sink.missed.get() > 0);
  }

  @Test
  void tellsTheGatewaysOnEveryWayWhenAPublishersConnectionBreaks() throws Exception {
    Node a = node();
    Node b = node();
    var wire = opened(new Wire(a.port()));
    Interest.Link link = gateway(2, a.address(), b.address());
    List<Long> groups = groups(1, 50);
    get(link.addGroups(groups));
    Push push = service(2, wire.address(), b.address()).push();
    groups.forEach(group -> push.publish(new Delivery.LogTail(group, 1)));
    await().until(() -> sink.got.size() == groups.size()); // over both
    wire.cut();
    // a has seen the stream break, and b was told by the service
    await().until(() -> sink.missed.get() >= 2);
  }

  @Test
  void tellsNobodyWhenAPublisherLeaves() throws Exception {
    Node a = node();
    Interest.Link link = gateway(1, a.address());
    get(link.addGroups(List.of(5L)));
    Peers service = service(1, a.address());
    for (int i = 0; i < 1_000; i++) {
      service.push().publish(new Delivery.LogTail(5, i));
    }
    service.close();
    open.remove(service);
    await().until(() -> sink.got.size() == 1_000);
    assertThat(sink.missed).hasValue(0);
  }

  @Test
  void tellsNobodyWhenAnInstanceLeaves() throws Exception {
    Node a = Node.start();
    Node b = node();
    Interest.Link link = gateway(2, a.address(), b.address());
    get(link.addGroups(groups(1, 50)));
    Peers service = service(2, a.address(), b.address());
    Push push = service.push();
    groups(1, 50).forEach(groupId -> push.publish(new Delivery.LogTail(groupId, 1)));
    a.close();
    groups(1, 50).forEach(groupId -> push.publish(new Delivery.LogTail(groupId, 2)));
    await().until(() -> sink.got.size() == 100);
    assertThat(sink.missed).hasValue(0);
  }

  @Test
  void cutsOffAGatewayThatDoesNotTakeItsDeliveries() throws Exception {
    Node a = node();
    Interest.Link link = gateway(1, a.address());
    get(link.addGroups(List.of(5L)));
    sink.stick();
    byte[] event = new byte[4_000_000];
    var signal = new Delivery.GroupSignal(5, 0, event);
    for (int i = 0; i < 25; i++) {
      a.push.publish(signal);
    }
    assertThat(a.meters.counter("hongbao.cluster.gateways.cut").count()).isEqualTo(1);
    assertThat(a.push.gateways).isEmpty();
    sink.letGo();
    await().until(() -> sink.missed.get() == 1);
    assertThat(a.push.hasGroup(5)).isTrue();
    assertThat(sink.got).hasSizeLessThan(25);
  }

  private Node node() {
    return opened(Node.start());
  }

  private Interest.Link gateway(int instances, String... addresses) {
    Peers peers =
        opened(Peers.start(Node.at(String.join(",", addresses)), new SimpleMeterRegistry()));
    Interest.Link link = peers.interest().attach(sink);
    await().until(() -> peers.instanceCount(Role.PUSH) == instances);
    return link;
  }

  private Peers service(int instances, String... addresses) {
    Peers peers = opened(Peers.start(Node.at(String.join(",", addresses)), serviceMeters));
    peers.push();
    await().until(() -> peers.instanceCount(Role.PUSH) == instances);
    return peers;
  }

  private static List<Long> groups(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }
}
