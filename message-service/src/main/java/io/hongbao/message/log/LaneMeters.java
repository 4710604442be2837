package io.hongbao.message.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;

/// What one lane measures.
///
/// @param batch commands of a batch
/// @param waited from a command's coming to its batch's beginning
/// @param written of a batch, from deciding to committed
/// @param redone batches written once more, locked
/// @param refused commands answered `unavailable`
record LaneMeters(
    DistributionSummary batch, Timer waited, Timer written, Counter redone, Counter refused) {

  static LaneMeters of(MeterRegistry registry, int lane, Collection<?> queue, StateCache states) {
    Tags tags = Tags.of("lane", Integer.toString(lane));
    Gauge.builder("hongbao.lane.queue", queue, Collection::size)
        .description("Commands that wait in the lane")
        .tags(tags)
        .register(registry);
    Gauge.builder("hongbao.lane.cached.members", states, StateCache::members)
        .description("Members of the groups whose states the lane holds")
        .tags(tags)
        .register(registry);
    return new LaneMeters(
        DistributionSummary.builder("hongbao.lane.batch")
            .description("Commands of a batch")
            .tags(tags)
            .register(registry),
        Timer.builder("hongbao.lane.wait")
            .description("From a command's coming to its batch's beginning")
            .tags(tags)
            .register(registry),
        Timer.builder("hongbao.lane.write")
            .description("Deciding and committing a batch")
            .tags(tags)
            .register(registry),
        Counter.builder("hongbao.lane.redo")
            .description("Batches written once more because somebody else had written")
            .tags(tags)
            .register(registry),
        Counter.builder("hongbao.lane.refused")
            .description("Commands answered unavailable")
            .tags(tags)
            .register(registry));
  }
}
