package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What one person holds of one group's log: entries 1, 2, 3, … without a gap.
final class Conversation {

  private final String groupId;
  private final List<String> messageIds = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  Conversation(String groupId) {
    this.groupId = groupId;
  }

  String groupId() {
    return groupId;
  }

  synchronized long last() {
    return messageIds.size();
  }

  /// Takes an entry; false where entries before it are missing.
  synchronized boolean take(JsonNode message) {
    long seq = message.get("seq").longValue();
    String messageId = message.get("messageId").textValue();
    if (seq == last() + 1) {
      messageIds.add(messageId);
    } else if (seq <= last() && !messageIds.get((int) seq - 1).equals(messageId)) {
      violations.add("two entries " + seq + " in group " + groupId);
    }
    return seq <= last();
  }

  /// Notes a live entry that came out of its order on one connection.
  synchronized void violated(String what) {
    violations.add(what + " in group " + groupId);
  }

  synchronized List<String> messageIds() {
    return List.copyOf(messageIds);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
