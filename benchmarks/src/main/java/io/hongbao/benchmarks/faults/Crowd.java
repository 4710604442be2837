package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.benchmarks.Together;
import io.hongbao.benchmarks.faults.Flaw.Kind;
import io.hongbao.standalone.wire.WireClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// People who chat in groups, on one server or on a cluster's gateways.
final class Crowd implements AutoCloseable {

  /// How long clients may take to hold everything again after a fault.
  static final Duration WHOLE_WITHIN = Duration.ofSeconds(10);

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final IntSupplier gateway;
  private final List<String> groupIds;
  private final List<Person> people;
  private final Replies replies;

  private Crowd(IntSupplier gateway, List<String> groupIds, List<Person> people, Replies replies) {
    this.gateway = gateway;
    this.groupIds = groupIds;
    this.people = people;
    this.replies = replies;
  }

  /// How large a crowd is.
  ///
  /// @param people of whom everybody is in each of `groups`
  /// @param circles how many such sets of people and groups there are
  /// @param pauseMs between two messages of one person
  record Size(int people, int groups, int circles, long pauseMs) {}

  /// @param gateway the port for the next connection, as a balancer would choose it
  static Crowd gather(IntSupplier gateway, Size size) {
    var replies = new Replies();
    var people = new ArrayList<Person>();
    var groupIds = new ArrayList<String>();
    for (int circle = 0; circle < size.circles(); circle++) {
      List<WireClient.Account> accounts =
          Together.all(size.people(), i -> WireClient.register(gateway.getAsInt(), "Person " + i));
      List<String> groups = createGroups(gateway.getAsInt(), accounts, size.groups());
      groupIds.addAll(groups);
      accounts.forEach(
          account -> people.add(new Person(gateway, account, groups, size.pauseMs(), replies)));
    }
    var crowd = new Crowd(gateway, List.copyOf(groupIds), List.copyOf(people), replies);
    people.forEach(Person::start);
    return crowd;
  }

  private static List<String> createGroups(int port, List<WireClient.Account> members, int count) {
    String[] others =
        members.stream().skip(1).map(WireClient.Account::userId).toArray(String[]::new);
    var groupIds = new ArrayList<String>();
    try (var owner = WireClient.open(port, members.getFirst(), "owner")) {
      for (int i = 0; i < count; i++) {
        groupIds.add(owner.createGroup("group " + i, others));
      }
    }
    return groupIds;
  }

  int size() {
    return people.size();
  }

  List<String> groupIds() {
    return groupIds;
  }

  List<Person> people() {
    return people;
  }

  Person last() {
    return people.getLast();
  }

  int acknowledgedCount() {
    return people.stream().mapToInt(person -> person.acknowledged().size()).sum();
  }

  /// Waits until so many more messages are acknowledged.
  void awaitMessages(int more) throws InterruptedException {
    int count = acknowledgedCount() + more;
    await(() -> acknowledgedCount() >= count, "nobody is answered");
  }

  /// Has everybody send a message at once.
  ///
  /// @return whether all had their replies before the patience was over
  boolean awaitEverybodySpoken() throws InterruptedException {
    people.forEach(Person::speakAtOnce);
    return isSoon(() -> people.stream().allMatch(Person::hasSpoken));
  }

  /// Waits until everybody has noticed that the server is gone, and taken what it had sent.
  void awaitCutOff() throws InterruptedException {
    await(() -> people.stream().noneMatch(Person::isOpen), "somebody is still connected");
  }

  void awaitOpen() throws InterruptedException {
    await(() -> people.stream().allMatch(Person::isOpen), "somebody is not connected");
  }

  /// Has people change their gateway until each has its share, as it comes to be in time where
  /// connections come and go; returns when all are connected.
  void spread(List<Integer> gateways) throws InterruptedException {
    awaitOpen();
    int share = people.size() / gateways.size();
    var surplus = new ArrayDeque<Person>();
    gateways.forEach(port -> surplus.addAll(at(port).skip(share).toList()));
    for (int port : gateways) {
      for (long missing = share - at(port).count(); missing > 0; missing--) {
        surplus.remove().moveTo(port);
      }
    }
    awaitOpen();
  }

  private Stream<Person> at(int port) {
    return people.stream().filter(person -> person.port() == port);
  }

  /// Waits until everybody is connected and holds these groups up to these entries.
  ///
  /// @return whether that was so before the patience was over
  boolean awaitHolding(Map<String, Long> lastSeqs) throws InterruptedException {
    return isSoon(
        () -> people.stream().allMatch(person -> person.isOpen() && holds(person, lastSeqs)));
  }

  private static boolean holds(Person person, Map<String, Long> lastSeqs) {
    return person.conversations().stream()
        .allMatch(held -> held.last() >= lastSeqs.getOrDefault(held.groupId(), 0L));
  }

  /// How many of the entries up to these nobody has got.
  long countUntold(Map<String, Long> lastSeqs) {
    return groupIds.stream()
        .mapToLong(
            id -> {
              long told = people.stream().mapToLong(person -> person.toldUpTo(id)).max().orElse(0);
              return Math.max(0, lastSeqs.getOrDefault(id, 0L) - told);
            })
        .sum();
  }

  void speakLoudly(int characters) {
    people.forEach(person -> person.pad(characters));
  }

  void cutAll() {
    people.forEach(Person::cut);
  }

  /// A percentile of the replies' times since the last call.
  long takeReplyMs(double percentile) {
    return replies.takeMs(percentile);
  }

  /// Lets people finish what they are sending, and waits until all hold the same.
  ///
  /// @return the logs as the server has them then
  Map<String, List<JsonNode>> quieten(List<Flaw> flaws) throws InterruptedException {
    people.forEach(Person::quieten);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean late = System.nanoTime() > deadline;
      if (late || people.stream().allMatch(Person::isQuiet)) {
        Map<String, List<JsonNode>> logs = readLogs();
        var lastSeqs = new LinkedHashMap<String, Long>();
        logs.forEach((groupId, log) -> lastSeqs.put(groupId, (long) log.size()));
        if (late || people.stream().allMatch(p -> p.isQuiet() && holds(p, lastSeqs))) {
          if (late) {
            flaws.add(new Flaw(Kind.OTHER, "not whole within " + PATIENCE));
          }
          return logs;
        }
      }
      Thread.sleep(20);
    }
  }

  /// The end of [#quieten].
  void goOn() {
    people.forEach(Person::speak);
  }

  @Override
  public void close() {
    people.forEach(Person::close);
  }

  private Map<String, List<JsonNode>> readLogs() {
    var logs = new LinkedHashMap<String, List<JsonNode>>();
    for (String groupId : groupIds) {
      Person member =
          people.stream().filter(p -> p.conversation(groupId) != null).findFirst().orElseThrow();
      try (var reader = WireClient.open(gateway.getAsInt(), member.account(), "reader")) {
        logs.put(groupId, readLog(reader, groupId));
      }
    }
    return logs;
  }

  private static List<JsonNode> readLog(WireClient reader, String groupId) {
    var log = new ArrayList<JsonNode>();
    JsonNode page;
    do {
      long after = log.isEmpty() ? 0 : log.getLast().get("seq").longValue();
      page =
          reader.ask(
              "message.history", Map.of("groupId", groupId, "afterSeq", after, "limit", 200));
      page.get("messages").forEach(log::add);
    } while (!page.get("messages").isEmpty()
        && log.getLast().get("seq").longValue() < page.get("lastSeq").longValue());
    return log;
  }

  private static void await(BooleanSupplier wanted, String otherwise) throws InterruptedException {
    if (!isSoon(wanted)) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static boolean isSoon(BooleanSupplier wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }
}
