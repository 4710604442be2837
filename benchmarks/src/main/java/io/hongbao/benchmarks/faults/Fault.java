package io.hongbao.benchmarks.faults;

import java.io.IOException;

/// What can go wrong. When `strike` returns, the fault is over.
public enum Fault {
  SERVER_KILLED("kill -9 of the server at a random moment, started again", ServerFaults::kill),
  REDIS_KILLED("kill -9 of Redis, started again", RedisFaults::kill),
  REDIS_FLUSHED("Redis emptied", RedisFaults::flush),
  REDIS_PAUSED("Redis stops answering", RedisFaults::pause),
  MYSQL_RESTARTED("MySQL stopped, started again", MySqlFaults::restart),
  MYSQL_KILLED("kill -9 of MySQL, started again", MySqlFaults::kill),
  MYSQL_CONNECTIONS_CUT("every connection to MySQL killed, five times", MySqlFaults::cut),
  MYSQL_PAUSED("MySQL stops answering", MySqlFaults::pause),
  MYSQL_DISK_SLOW("MySQL's disk slow", MySqlFaults::slowDisk),
  MYSQL_WRITES_STALLED("MySQL's writes hang, its reads do not", MySqlFaults::stallWrites),
  CLIENT_STALLED("one client reads nothing, then goes on", ClientFaults::stall),
  CLIENTS_STAMPEDE("all clients gone and back at once", ClientFaults::stampede),
  CLOCK_STEPPED_BACK(
      "the clock steps back while the server runs, then over a kill -9", ServerFaults::stepClock);

  /// How a fault is brought about.
  @FunctionalInterface
  interface Strike {
    void strike(Scene scene) throws IOException, InterruptedException;
  }

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
  private final Strike strike;

  Fault(String description, Strike strike) {
    this.description = description;
    this.strike = strike;
  }

  String description() {
    return description;
  }

  void strike(Scene scene) throws IOException, InterruptedException {
    strike.strike(scene);
  }
}
