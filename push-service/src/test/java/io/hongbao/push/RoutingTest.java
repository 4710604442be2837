package io.hongbao.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.contract.Interest;
import io.hongbao.common.contract.MembershipChange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which gateways get what. Set-up: gateway A has user 1 in group 10; B has users 1 and 2 in groups
/// 10 and 20; C has user 3 and no group.
class RoutingTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PushService push = new PushService(meters);
  private final Map<String, List<Delivery>> received = new LinkedHashMap<>();
  private final Interest.Link a = gateway("A", List.of(1L), List.of(10L));
  private final Interest.Link b = gateway("B", List.of(1L, 2L), List.of(10L, 20L));
  private final Interest.Link c = gateway("C", List.of(3L), List.of());

  static Stream<Arguments> deliveries() {
    return Stream.of(
        Arguments.of("a run goes to who has the group", run(10), "AB"),
        Arguments.of("a run of a group that nobody has", run(99), ""),
        Arguments.of("who is added gets the run", run(20, added(3)), "BC"),
        Arguments.of("who is removed is told too", run(20, removed(3)), "BC"),
        Arguments.of("an added user on several gateways", run(99, added(1)), "AB"),
        Arguments.of("an added user who is not online", run(20, added(7)), "B"),
        Arguments.of("several changes, each gateway once", run(10, added(1), added(2)), "AB"),
        Arguments.of("a tail", new Delivery.LogTail(20, 5), "B"),
        Arguments.of("a tail of a group that nobody has", new Delivery.LogTail(99, 5), ""),
        Arguments.of("a group's signal", new Delivery.GroupSignal(10, 1, event()), "AB"),
        Arguments.of("a user's signal", new Delivery.UserSignal(List.of(2L), 0, event()), "B"),
        Arguments.of("a session", new Delivery.SessionOpened(1, "phone", 5, 6), "AB"),
        Arguments.of("two users", new Delivery.UserSignal(List.of(3L, 1L), 0, event()), "ABC"),
        Arguments.of("nobody online", new Delivery.UserSignal(List.of(8L), 0, event()), ""),
        Arguments.of("no user at all", new Delivery.UserSignal(List.of(), 0, event()), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deliveries")
  void goesToTheGatewaysThatHaveSomeoneToTell(String rule, Delivery delivery, String gateways) {
    push.publish(delivery);

    assertThat(gatewaysThatGot(delivery)).as(rule).isEqualTo(gateways);
  }

  @Test
  void keepsTheOrderOfAGroup() {
    List<Delivery> published = new ArrayList<>();
    for (int seq = 1; seq <= 100; seq++) {
      var run = new Delivery.LogRun(10, seq, seq, List.of(), Frames.of(event()));
      published.add(run);
      push.publish(run);
    }

    assertThat(received.get("A")).isEqualTo(published);
    assertThat(received.get("B")).isEqualTo(published);
  }

  @Test
  void whoIsAddedGetsWhatFollowsBeforeItsGatewayAsksForIt() {
    push.publish(run(20, added(3)));
    Delivery next = run(20);
    push.publish(next);

    assertThat(gatewaysThatGot(next)).isEqualTo("BC");
    push.publish(run(10, removed(3)));
    Delivery other = run(10);
    push.publish(other);
    assertThat(gatewaysThatGot(other)).isEqualTo("AB");
  }

  @Test
  void forgetsWhatIsRemoved() {
    b.removeGroups(List.of(10L, 77L));
    a.removeUser(1);

    Delivery ofTheGroup = run(10);
    Delivery ofTheUser = new Delivery.UserSignal(List.of(1L), 0, event());
    push.publish(ofTheGroup);
    push.publish(ofTheUser);

    assertThat(gatewaysThatGot(ofTheGroup)).isEqualTo("A");
    assertThat(gatewaysThatGot(ofTheUser)).isEqualTo("B");
  }

  @Test
  void countsAnInterestOnceHoweverOftenItIsAdded() {
    a.addGroups(List.of(10L));
    a.addUser(1);
    Delivery twiceAdded = run(10);
    push.publish(twiceAdded);
    assertThat(received.get("A")).containsExactly(twiceAdded);

    a.removeGroups(List.of(10L));
    Delivery removed = run(10);
    push.publish(removed);
    assertThat(gatewaysThatGot(removed)).isEqualTo("B");
  }

  @Test
  void forgetsAClosedGatewayAsAWhole() {
    b.close();
    b.addGroups(List.of(20L));

    Delivery run = run(20, added(2));
    push.publish(run);

    assertThat(gatewaysThatGot(run)).isEmpty();
    assertThat(meters.get("hongbao.push.groups").gauge().value()).isEqualTo(1);
    assertThat(meters.get("hongbao.push.users").gauge().value()).isEqualTo(2);
  }

  @Test
  void goesOnWhereOneGatewayFails() {
    push.attach(
            _ -> {
              throw new IllegalStateException("on purpose");
            })
        .addGroups(List.of(10L));

    Delivery run = run(10);
    push.publish(run);

    assertThat(gatewaysThatGot(run)).isEqualTo("AB");
    assertThat(meters.get("hongbao.push.failed").counter().count()).isEqualTo(1);
  }

  @Test
  void routesNothingAfterClosing() {
    push.close();
    push.publish(run(10));

    assertThat(received.values()).allMatch(List::isEmpty);
    c.close();
  }

  private Interest.Link gateway(String name, List<Long> userIds, List<Long> groupIds) {
    List<Delivery> deliveries = new ArrayList<>();
    received.put(name, deliveries);
    Interest.Link link = push.attach(deliveries::add);
    userIds.forEach(link::addUser);
    link.addGroups(groupIds);
    return link;
  }

  private String gatewaysThatGot(Delivery delivery) {
    var names = new StringBuilder();
    received.forEach(
        (name, deliveries) -> {
          if (deliveries.stream().anyMatch(d -> d == delivery)) {
            names.append(name);
          }
        });
    return names.toString();
  }

  private static Delivery run(long groupId, MembershipChange... changes) {
    return new Delivery.LogRun(groupId, 5, 5, List.of(changes), Frames.of(event()));
  }

  private static MembershipChange added(long userId) {
    return new MembershipChange(userId, 5, true);
  }

  private static MembershipChange removed(long userId) {
    return new MembershipChange(userId, 5, false);
  }

  private static byte[] event() {
    return new byte[] {'{', '}'};
  }
}
