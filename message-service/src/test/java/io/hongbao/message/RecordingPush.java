package io.hongbao.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.contract.Delivery;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what was published.
public final class RecordingPush implements Push {

  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Delivery delivery) {
    deliveries.add(delivery);
  }

  public void clear() {
    deliveries.clear();
  }

  public <T extends Delivery> List<T> all(Class<T> kind) {
    return deliveries.stream().filter(kind::isInstance).map(kind::cast).toList();
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

  public static JsonNode json(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
