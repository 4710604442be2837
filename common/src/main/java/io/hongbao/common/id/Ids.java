package io.hongbao.common.id;

import de.mkammerer.snowflakeid.SnowflakeIdGenerator;

/// Makes Snowflake ids: 41 bits of milliseconds since 2020, 10 of node, 12 of sequence. Unique as
/// long as no two live processes share a node number; safe for any number of threads.
public final class Ids {

  public static final int NODE_MAX = 1023;

  private final SnowflakeIdGenerator generator;

  public Ids(int node) {
    if (node < 0 || node > NODE_MAX) {
      throw new IllegalArgumentException("node must be 0 to " + NODE_MAX + ": " + node);
    }
    this.generator = SnowflakeIdGenerator.createDefault(node);
  }

  public long next() {
    return generator.next();
  }
}
