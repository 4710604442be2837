package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Delivery.LogTail;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Json;
import io.hongbao.message.group.MembershipEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps all that a service publishes.
public final class Published implements Push, MembershipEvents {

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<String> memberships = new CopyOnWriteArrayList<>();

  @Override
  public synchronized void publish(Delivery delivery) {
    deliveries.add(delivery);
  }

  @Override
  public void joined(long groupId, List<Long> userIds) {
    memberships.add(groupId + " joined " + userIds);
  }

  @Override
  public void removed(long groupId, List<Long> userIds) {
    memberships.add(groupId + " removed " + userIds);
  }

  /// What users were told of joining and losing groups.
  public List<String> memberships() {
    return memberships;
  }

  public synchronized void clear() {
    deliveries.clear();
  }

  public synchronized List<Delivery> all() {
    return List.copyOf(deliveries);
  }

  public <T extends Delivery> List<T> all(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The signals to one user, in order.
  public List<UserSignal> to(long userId) {
    return all(UserSignal.class).stream()
        .filter(signal -> signal.userIds().contains(userId))
        .toList();
  }

  /// The events to one user, in order.
  public List<JsonNode> eventsTo(long userId) {
    return to(userId).stream().map(signal -> json(signal.event())).toList();
  }

  public List<LogRun> runs(long groupId) {
    return all(LogRun.class).stream().filter(run -> run.groupId() == groupId).toList();
  }

  public List<LogTail> tails(long groupId) {
    return all(LogTail.class).stream().filter(tail -> tail.groupId() == groupId).toList();
  }

  /// The `data` of the group's events, in the order published.
  public List<JsonNode> events(long groupId) {
    var events = new ArrayList<JsonNode>();
    for (LogRun run : runs(groupId)) {
      assertThat(run.frames().count()).isEqualTo((int) (run.lastSeq() - run.firstSeq() + 1));
      for (int i = 0; i < run.frames().count(); i++) {
        JsonNode event = json(run.frames().event(i));
        assertThat(event.get("event").textValue()).isEqualTo("message");
        assertThat(event.get("data").get("seq").longValue()).isEqualTo(run.firstSeq() + i);
        events.add(event.get("data"));
      }
    }
    return events;
  }

  public static JsonNode json(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
