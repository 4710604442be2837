package io.hongbao.common.id;

import de.mkammerer.snowflakeid.SnowflakeIdGenerator;
import de.mkammerer.snowflakeid.options.Options;
import de.mkammerer.snowflakeid.structure.Structure;
import de.mkammerer.snowflakeid.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// Makes Snowflake ids: 41 bits of milliseconds since 2020, 10 of node, 12 of sequence. Each is
/// larger than the one before, whatever the machine's clock does: their dates go on from the first
/// one's by the time that passed. Unique as long as no two live processes share a node number, and
/// none begins at a date that ids of this node have already; safe for any number of threads.
public final class Ids {

  public static final int NODE_MAX = 1023;

  /// Bits below the date: of node and sequence.
  private static final int DATE_SHIFT = 22;

  private static final long NANOS_OF_MILLISECOND = 1_000_000;
  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  private final SnowflakeIdGenerator generator;
  private final Dates dates;

  public Ids(int node) {
    this(node, System.currentTimeMillis());
  }

  /// @param startMs the date of an id made now, epoch milliseconds
  public Ids(int node, long startMs) {
    if (node < 0 || node > NODE_MAX) {
      throw new IllegalArgumentException("node must be 0 to " + NODE_MAX + ": " + node);
    }
    this.dates = new Dates(startMs - EPOCH.toEpochMilli(), System.nanoTime());
    this.generator =
        SnowflakeIdGenerator.createCustom(
            node, dates, Structure.createDefault(), Options.createDefault());
  }

  public long next() {
    return generator.next();
  }

  /// The smallest id of a date: what was made before is smaller.
  ///
  /// @param epochMs since 2020
  public static long firstOf(long epochMs) {
    return (epochMs - EPOCH.toEpochMilli()) << DATE_SHIFT;
  }

  /// The date of an id made now, epoch milliseconds.
  public long dateMs() {
    return EPOCH.toEpochMilli() + dates.getTicks();
  }

  private record Dates(long startTicks, long startNanos) implements TimeSource {

    @Override
    public long getTicks() {
      return startTicks + (System.nanoTime() - startNanos) / NANOS_OF_MILLISECOND;
    }

    @Override
    public Duration getTickDuration() {
      return Duration.ofMillis(1);
    }

    @Override
    public Instant getEpoch() {
      return EPOCH;
    }
  }
}
