package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import java.util.ArrayList;
import java.util.List;

/// What one person holds of one group's log: entries 1, 2, 3, … without a gap.
final class Conversation {

  private final String groupId;
  private final List<String> messageIds = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

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
      flaws.add(new Flaw(Kind.DOUBLED, "two entries " + seq + " in group " + groupId));
    }
    return seq <= last();
  }

  /// Notes a live entry that came out of its order on one connection.
  synchronized void disordered(long seq) {
    String what = "entry " + seq + " out of order or twice in group " + groupId;
    flaws.add(new Flaw(Kind.DISORDERED, what));
  }

  synchronized List<String> messageIds() {
    return List.copyOf(messageIds);
  }

  synchronized List<Flaw> flaws() {
    return List.copyOf(flaws);
  }
}
