package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// People who chat in groups on one server, and the count of what became of their messages.
final class Crowd implements AutoCloseable {

  /// How long clients may take to hold everything again after a fault.
  static final Duration WHOLE_WITHIN = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final List<String> groupIds;
  private final List<Person> people;

  private Crowd(int port, List<String> groupIds, List<Person> people) {
    this.port = port;
    this.groupIds = groupIds;
    this.people = people;
  }

  /// @param pauseMs between two messages of one person
  static Crowd gather(int port, int peopleCount, int groupCount, long pauseMs) {
    var accounts = new ArrayList<WireClient.Account>();
    for (int i = 0; i < peopleCount; i++) {
      accounts.add(WireClient.register(port, "Person " + i));
    }
    var groupIds = new ArrayList<String>();
    List<String> others = accounts.stream().skip(1).map(WireClient.Account::userId).toList();
    try (var owner = WireClient.open(port, accounts.get(0), "owner")) {
      for (int i = 0; i < groupCount; i++) {
        groupIds.add(
            owner
                .ask(
                    "group.create",
                    Map.of("clientGroupId", "g" + i, "name", "group " + i, "memberIds", others))
                .get("group")
                .get("groupId")
                .textValue());
      }
    }
    List<Person> people =
        accounts.stream().map(account -> new Person(port, account, groupIds, pauseMs)).toList();
    people.forEach(Person::start);
    return new Crowd(port, groupIds, people);
  }

  int acknowledgedCount() {
    return people.stream().mapToInt(person -> person.acknowledged().size()).sum();
  }

  /// Lets people finish, waits until all are whole, and counts. The fault must be over.
  Verdict verdict(String fault) throws InterruptedException {
    long over = System.nanoTime();
    people.forEach(Person::quieten);
    var violations = new ArrayList<String>();
    Map<String, List<JsonNode>> logs = awaitWhole(over, violations);
    long wholeAfterMs = Duration.ofNanos(System.nanoTime() - over).toMillis();
    if (wholeAfterMs > WHOLE_WITHIN.toMillis()) {
      violations.add("whole only after " + wholeAfterMs + " ms");
    }
    logs.forEach((groupId, log) -> checkLog(groupId, log, violations));
    for (Person person : people) {
      checkUnread(person, logs, violations);
    }
    return new Verdict(fault, acknowledgedCount(), wholeAfterMs, violations);
  }

  @Override
  public void close() {
    people.forEach(Person::close);
  }

  private Map<String, List<JsonNode>> awaitWhole(long since, List<String> violations)
      throws InterruptedException {
    long deadline = since + PATIENCE.toNanos();
    while (true) {
      boolean quiet = people.stream().allMatch(Person::isQuiet);
      if (quiet || System.nanoTime() > deadline) {
        Map<String, List<JsonNode>> logs = readLogs();
        boolean whole =
            people.stream()
                .allMatch(
                    person ->
                        groupIds.stream()
                            .allMatch(
                                id ->
                                    person.conversation(id).last()
                                        >= logs.getOrDefault(id, List.of()).size()));
        if ((quiet && whole) || System.nanoTime() > deadline) {
          if (!quiet || !whole) {
            violations.add("not whole within " + PATIENCE);
          }
          return logs;
        }
      }
      Thread.sleep(20);
    }
  }

  private Map<String, List<JsonNode>> readLogs() {
    var logs = new HashMap<String, List<JsonNode>>();
    try (var reader = WireClient.open(port, people.get(0).account(), "reader")) {
      for (String groupId : groupIds) {
        var log = new ArrayList<JsonNode>();
        JsonNode page;
        do {
          long after = log.isEmpty() ? 0 : log.get(log.size() - 1).get("seq").longValue();
          page =
              reader.ask(
                  "message.history", Map.of("groupId", groupId, "afterSeq", after, "limit", 200));
          page.get("messages").forEach(log::add);
        } while (!page.get("messages").isEmpty()
            && log.get(log.size() - 1).get("seq").longValue() < page.get("lastSeq").longValue());
        logs.put(groupId, log);
      }
    }
    return logs;
  }

  private void checkLog(String groupId, List<JsonNode> log, List<String> violations) {
    List<Long> seqs = log.stream().map(m -> m.get("seq").longValue()).toList();
    if (!seqs.equals(LongStream.rangeClosed(1, log.size()).boxed().toList())) {
      violations.add("not gapless: group " + groupId);
    }
    var found = new HashMap<String, Long>();
    for (JsonNode message : log) {
      String key = message.path("content").path("text").asText("");
      if (!key.isEmpty() && found.put(key, message.get("seq").longValue()) != null) {
        violations.add("doubled: " + key);
      }
    }
    List<String> messageIds = log.stream().map(m -> m.get("messageId").textValue()).toList();
    for (Person person : people) {
      person
          .acknowledged()
          .forEach(
              (key, seq) -> {
                if (key.startsWith(groupId + ".") && !seq.equals(found.get(key))) {
                  violations.add("lost or moved: " + key);
                }
              });
      Conversation held = person.conversation(groupId);
      violations.addAll(held.violations());
      if (!held.messageIds().equals(messageIds)) {
        violations.add("a client holds another log: group " + groupId);
      }
    }
  }

  /// Unread as the server says it, against a recount from the log.
  private void checkUnread(
      Person person, Map<String, List<JsonNode>> logs, List<String> violations) {
    try (var client = WireClient.open(port, person.account(), "recount")) {
      JsonNode conversations =
          client.ask("conversation.list", Map.of("limit", 200)).get("conversations");
      var seen = new HashSet<String>();
      for (JsonNode conversation : conversations) {
        String groupId = conversation.get("group").get("groupId").textValue();
        seen.add(groupId);
        long floor = 0;
        int unread = 0;
        for (JsonNode message : logs.getOrDefault(groupId, List.of())) {
          boolean counts = message.get("type").textValue().equals("text");
          if (counts && message.get("senderId").textValue().equals(person.account().userId())) {
            floor = message.get("seq").longValue();
            unread = 0;
          } else if (counts && message.get("seq").longValue() > floor) {
            unread++;
          }
        }
        if (conversation.get("unread").intValue() != Math.min(100, unread)) {
          violations.add("unread is " + conversation.get("unread") + " and should be " + unread);
        }
      }
      if (!seen.containsAll(groupIds)) {
        violations.add("conversations are missing");
      }
    }
  }
}
