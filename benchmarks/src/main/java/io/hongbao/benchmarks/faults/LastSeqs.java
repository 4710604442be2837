package io.hongbao.benchmarks.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What the database holds of groups' logs.
final class LastSeqs {

  private LastSeqs() {}

  /// The number of each group's last entry.
  static Map<String, Long> of(Connection connection, Collection<String> groupIds)
      throws SQLException {
    var lastSeqs = new HashMap<String, Long>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT group_id, last_seq FROM chat_group WHERE group_id IN ("
                    + String.join(",", groupIds)
                    + ")")) {
      while (rows.next()) {
        lastSeqs.put(rows.getString(1), rows.getLong(2));
      }
    }
    return lastSeqs;
  }
}
