package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.Together;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import io.hongbao.standalone.wire.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/// Holds what a quiet crowd was told against the logs as the server has them.
final class Recount {

  private static final int UNREAD_MAX = 100;

  private final IntSupplier gateway;
  private final Map<String, List<JsonNode>> logs;
  private final List<Flaw> flaws = new ArrayList<>();

  Recount(IntSupplier gateway, Map<String, List<JsonNode>> logs) {
    this.gateway = gateway;
    this.logs = logs;
  }

  List<Flaw> of(Crowd crowd) {
    var messageIds = new HashSet<String>();
    logs.forEach(
        (groupId, log) -> {
          checkOrder(groupId, log, messageIds);
          checkAcknowledged(groupId, log, crowd);
        });
    Together.all(crowd.size(), i -> miscounted(crowd.people().get(i))).forEach(flaws::addAll);
    return List.copyOf(flaws);
  }

  private void checkOrder(String groupId, List<JsonNode> log, Set<String> messageIds) {
    long seq = 0;
    long sentAt = 0;
    for (JsonNode message : log) {
      if (message.get("seq").longValue() != ++seq) {
        add(Kind.DISORDERED, "a gap before entry " + message.get("seq"), groupId);
        return;
      }
      if (message.get("sentAt").longValue() < sentAt) {
        add(Kind.DISORDERED, "entry " + seq + " was sent before the one before it", groupId);
      }
      sentAt = message.get("sentAt").longValue();
      if (!messageIds.add(message.get("messageId").textValue())) {
        add(Kind.DOUBLED, "entry " + seq + " has another one's id", groupId);
      }
    }
  }

  private void checkAcknowledged(String groupId, List<JsonNode> log, Crowd crowd) {
    var found = new HashMap<String, Long>();
    for (JsonNode message : log) {
      String key = Person.keyOf(message.path("content").path("text").asText(""));
      if (!key.isEmpty() && found.put(key, message.get("seq").longValue()) != null) {
        add(Kind.DOUBLED, "twice " + key, groupId);
      }
    }
    List<String> messageIds = log.stream().map(m -> m.get("messageId").textValue()).toList();
    for (Person person : crowd.people()) {
      Conversation held = person.conversation(groupId);
      if (held == null) {
        continue;
      }
      person
          .acknowledged()
          .forEach(
              (key, seq) -> {
                if (key.startsWith(groupId + ".") && !seq.equals(found.get(key))) {
                  add(Kind.LOST, "not at its place: " + key, groupId);
                }
              });
      flaws.addAll(held.flaws());
      if (!held.messageIds().equals(messageIds)) {
        add(Kind.LOST, "a client holds another log", groupId);
      }
    }
  }

  /// Unread as the server says it, against a recount from the log.
  private List<Flaw> miscounted(Person person) {
    var wrong = new ArrayList<Flaw>();
    var seen = new HashSet<String>();
    try (var client = WireClient.open(gateway.getAsInt(), person.account(), "recount")) {
      for (JsonNode conversation :
          client.ask("conversation.list", Map.of("limit", 200)).get("conversations")) {
        String groupId = conversation.get("group").get("groupId").textValue();
        seen.add(groupId);
        int unread = unread(logs.getOrDefault(groupId, List.of()), person.account().userId());
        if (conversation.get("unread").intValue() != Math.min(UNREAD_MAX, unread)) {
          String what = "unread is " + conversation.get("unread") + " and should be " + unread;
          wrong.add(new Flaw(Kind.MISCOUNTED, what));
        }
      }
    }
    if (person.conversations().stream().anyMatch(held -> !seen.contains(held.groupId()))) {
      wrong.add(new Flaw(Kind.MISCOUNTED, "a conversation is missing"));
    }
    return wrong;
  }

  /// Texts after the user's own last one.
  private static int unread(List<JsonNode> log, String userId) {
    int unread = 0;
    for (JsonNode message : log) {
      if (message.get("type").textValue().equals("text")) {
        unread = message.get("senderId").textValue().equals(userId) ? 0 : unread + 1;
      }
    }
    return unread;
  }

  private void add(Kind kind, String what, String groupId) {
    flaws.add(new Flaw(kind, what + " in group " + groupId));
  }
}
