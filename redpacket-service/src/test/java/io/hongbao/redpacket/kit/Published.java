package io.hongbao.redpacket.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.GroupSignal;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what was published.
public final class Published implements Push {

  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Delivery delivery) {
    deliveries.add(delivery);
  }

  public <T extends Delivery> List<T> all(Class<T> kind) {
    return deliveries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The data of the events of a name to one user, in order.
  public List<JsonNode> to(long userId, String event) {
    return all(UserSignal.class).stream()
        .filter(signal -> signal.userIds().contains(userId))
        .map(signal -> json(signal.event()))
        .filter(json -> json.get("event").asText().equals(event))
        .map(json -> json.get("data"))
        .toList();
  }

  /// The data of the events to one group, in order.
  public List<JsonNode> toGroup(long groupId) {
    return all(GroupSignal.class).stream()
        .filter(signal -> signal.groupId() == groupId)
        .map(signal -> json(signal.event()).get("data"))
        .toList();
  }

  public static JsonNode json(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
