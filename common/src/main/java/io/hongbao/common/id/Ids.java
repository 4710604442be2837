package io.hongbao.common.id;

import de.mkammerer.snowflakeid.SnowflakeIdGenerator;
import de.mkammerer.snowflakeid.options.Options;
import de.mkammerer.snowflakeid.structure.Structure;
import de.mkammerer.snowflakeid.time.TimeSource;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import org.apache.ibatis.exceptions.PersistenceException;

/// Makes Snowflake ids: 41 bits of milliseconds since 2020, 10 of node, 12 of sequence. Each is
/// larger than the one before, whatever the machine's clock does: their dates go on from the first
/// one's by the time that passed. Unique as long as no two processes use a node number for the same
/// dates, which [NodeLease] sees to; safe for any number of threads.
public final class Ids {

  public static final int NODE_MAX = 1023;

  /// Bits below the date: of node and sequence.
  private static final int DATE_SHIFT = 22;

  private static final long NANOS_OF_MILLISECOND = 1_000_000;
  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  private volatile Source source;

  /// @param endId the first id that may not be made any more
  private record Source(int node, SnowflakeIdGenerator generator, Dates dates, long endId) {}

  /// Without end: for whoever knows that nobody else has the number.
  public Ids(int node) {
    this(node, System.currentTimeMillis());
  }

  /// @param startMs the date of an id made now, epoch milliseconds
  public Ids(int node, long startMs) {
    this.source = source(node, startMs, Long.MAX_VALUE);
  }

  /// @param endMs before which all ids are dated
  Ids(int node, long startMs, long endMs) {
    this.source = source(node, startMs, firstOf(endMs));
  }

  /// @throws PersistenceException where the node number's lease could not be renewed in time: an
  ///   outage of the database
  public long next() {
    Source now = source;
    long id = now.generator.next();
    if (id >= now.endId) {
      throw new PersistenceException(
          new SQLTransientConnectionException("no ids: the node number's lease has lapsed"));
    }
    return id;
  }

  /// The number in the ids made now.
  public int node() {
    return source.node;
  }

  /// The smallest id of a date: what was made before is smaller.
  ///
  /// @param epochMs since 2020
  public static long firstOf(long epochMs) {
    return (epochMs - EPOCH.toEpochMilli()) << DATE_SHIFT;
  }

  /// The date of an id made now, epoch milliseconds.
  long dateMs() {
    return EPOCH.toEpochMilli() + source.dates.getTicks();
  }

  /// Goes on up to a later date.
  void reserve(long endMs) {
    Source now = source;
    source = new Source(now.node, now.generator, now.dates, firstOf(endMs));
  }

  /// Goes on with another number.
  ///
  /// @param startMs no earlier than [#dateMs]
  void moveTo(int node, long startMs, long endMs) {
    source = source(node, startMs, firstOf(endMs));
  }

  private static Source source(int node, long startMs, long endId) {
    if (node < 0 || node > NODE_MAX) {
      throw new IllegalArgumentException("node must be 0 to " + NODE_MAX + ": " + node);
    }
    var dates = new Dates(startMs - EPOCH.toEpochMilli(), System.nanoTime());
    return new Source(
        node,
        SnowflakeIdGenerator.createCustom(
            node, dates, Structure.createDefault(), Options.createDefault()),
        dates,
        endId);
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
