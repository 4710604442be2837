package io.hongbao.redpacket.sim;

import io.hongbao.redpacket.settle.OutboxMapper;
import io.hongbao.redpacket.settle.Topic;
import io.hongbao.redpacket.sim.MemoryState.Task;
import io.hongbao.redpacket.sim.MemoryState.TaskKey;
import java.util.List;

/// The outbox in memory.
record MemoryOutbox(MemoryState state) implements OutboxMapper {

  @Override
  public void put(long packetId, Topic topic, long nextAt) {
    state.tasks.put(new TaskKey(packetId, topic), new Task(false, 0, nextAt));
  }

  @Override
  public void done(long packetId, Topic topic) {
    state.tasks.remove(new TaskKey(packetId, topic));
  }

  @Override
  public List<Topic> pending(long packetId) {
    return state.tasks.entrySet().stream()
        .filter(it -> it.getKey().packetId() == packetId && !it.getValue().dead())
        .map(it -> it.getKey().topic())
        .toList();
  }

  @Override
  public List<Long> due(long now, int limit) {
    return state.tasks.entrySet().stream()
        .filter(it -> !it.getValue().dead() && it.getValue().nextAt() <= now)
        .map(it -> it.getKey().packetId())
        .limit(limit)
        .toList();
  }

  @Override
  public void failed(long packetId, Topic topic, int attemptsMax, long now) {
    state.tasks.computeIfPresent(
        new TaskKey(packetId, topic),
        (_, task) ->
            new Task(
                task.attempts() >= attemptsMax,
                task.attempts() + 1,
                now + 1_000L * (1L << task.attempts())));
  }
}
