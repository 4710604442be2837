package io.hongbao.benchmarks;

/// Groups of people who all write: what a server is measured with.
///
/// @param name how the row is called in the table
/// @param groups how many groups
/// @param members connections in each
/// @param window messages in flight in each group, senders round robin
record Workload(String name, int groups, int members, int window) {

  int connections() {
    return groups * members;
  }
}
