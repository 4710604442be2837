package io.hongbao.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One client that does something at random, again and again, at a steady pace. Its calls run on
/// one thread.
final class Chatter {

  private static final int WORDS = 2_000;
  private static final int LONG_TEXT_WORDS = 200;
  private static final long PASSED = 5;

  private final Town town;
  private final Account account;
  private final String deviceId;
  private final Tally tally;
  private final Random random;
  private final Map<String, Long> lastSeqs = new HashMap<>();
  private @Nullable WireClient client;
  private final List<Town.Circle> groups;
  private Town.Circle group;
  private long keys;
  private @Nullable String sentGroupId;
  private long sentSeq;

  Chatter(Town town, int number, Tally tally) {
    this.town = town;
    this.account = town.people().get(number % town.people().size());
    this.deviceId = "device-" + number / town.people().size();
    this.tally = tally;
    this.random = new Random(number);
    this.groups = town.groupsOf(account);
    this.group = groups.getFirst();
  }

  void runUntil(long endNanos, long pauseNanos) {
    long next = System.nanoTime() + random.nextLong(pauseNanos);
    while (System.nanoTime() < endNanos && !Thread.currentThread().isInterrupted()) {
      long wait = next - System.nanoTime();
      if (wait > 0) {
        try {
          TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException _) {
          break;
        }
      }
      next += pauseNanos;
      group = groups.get(random.nextInt(groups.size()));
      try {
        Operation.random(random).carryOut(this);
      } catch (CompletionException | IllegalStateException | AssertionError _) {
        tally.add("lost connection");
        disconnect();
      }
    }
    disconnect();
  }

  // --- what operations are made of

  /// Asks, counts the answer, and returns its data; null where it was refused.
  @Nullable JsonNode ask(String op, Map<String, ?> data) {
    JsonNode reply = connected().send(op, data).join();
    JsonNode error = reply.get("error");
    tally.add(error == null ? "ok" : error.get("code").textValue());
    return reply.get("data");
  }

  Map<String, Object> inGroup() {
    return Map.of("groupId", groupId());
  }

  Map<String, Object> entryAnd(Map<String, Object> more) {
    var data = new HashMap<>(more);
    data.put("groupId", groupId());
    data.put("seq", Math.max(1, lastSeq() - random.nextLong(PASSED)));
    return data;
  }

  String somebody() {
    return one(town.people()).userId();
  }

  private Account one(List<Account> people) {
    return people.get(random.nextInt(people.size()));
  }

  private String groupId() {
    return group.groupId();
  }

  String word() {
    return "w" + random.nextInt(WORDS);
  }

  private long lastSeq() {
    return lastSeqs.getOrDefault(groupId(), 1L);
  }

  private String key() {
    return account.username() + "." + deviceId + "." + ++keys;
  }

  // --- operations

  void send() {
    var data = new HashMap<String, Object>();
    data.put("groupId", groupId());
    data.put("clientMessageId", key());
    data.put("type", "text");
    data.put(
        "content", Map.of("text", random.nextInt(50) == 0 ? longText() : word() + " " + word()));
    if (random.nextInt(10) == 0) {
      data.put("replyToSeq", lastSeq());
    }
    if (random.nextInt(10) == 0) {
      data.put("mentions", List.of(one(group.members()).userId()));
    }
    JsonNode sent = ask("message.send", data);
    if (sent != null) {
      sentGroupId = groupId();
      sentSeq = sent.get("seq").longValue();
      lastSeqs.merge(groupId(), sentSeq, Math::max);
    }
  }

  private String longText() {
    var text = new StringBuilder();
    for (int i = 0; i < LONG_TEXT_WORDS; i++) {
      text.append(word()).append(' ');
    }
    return text.toString();
  }

  void recall() {
    if (sentGroupId != null) {
      ask("message.recall", Map.of("groupId", sentGroupId, "seq", sentSeq));
      sentGroupId = null;
    }
  }

  void read() {
    ask("message.read", Map.of("groupId", groupId(), "seq", lastSeq()));
  }

  void history() {
    JsonNode page = ask("message.history", Map.of("groupId", groupId(), "limit", 50));
    if (page != null) {
      lastSeqs.put(groupId(), page.get("lastSeq").longValue());
    }
  }

  void search() {
    ask("message.search", Map.of("groupId", groupId(), "query", word()));
  }

  void updateConversation() {
    ask(
        "conversation.update",
        Map.of("groupId", groupId(), "pinned", random.nextBoolean(), "doNotDisturb", false));
  }

  void createGroup() {
    ask(
        "group.create",
        Map.of("clientGroupId", key(), "name", word(), "memberIds", List.of(somebody())));
  }

  void join() {
    ask("group.join", Map.of("inviteCode", town.visitedCode()));
  }

  void leave() {
    ask("group.leave", Map.of("groupId", town.visited()));
  }

  void invite() {
    ask("group.invite", Map.of("groupId", town.visited(), "userIds", List.of(somebody())));
  }

  void find() {
    ask("user.find", Map.of("username", one(town.people()).username()));
  }

  void refresh() {
    ask("session.refresh", Map.of("token", account.token()));
  }

  void reconnect() {
    disconnect();
    ask("conversation.list", Map.of());
  }

  void logIn() {
    var answer =
        WireClient.post(
            town.port(),
            "/api/v1/tokens",
            Map.of("username", account.username(), "password", "correct horse"));
    tally.add(answer.statusCode() == 200 ? "ok" : "HTTP " + answer.statusCode());
  }

  void register() {
    WireClient.register(town.port(), "Newcomer");
    tally.add("ok");
  }

  // --- the connection

  private WireClient connected() {
    WireClient connected = client;
    if (connected == null || connected.isClosed()) {
      connected = WireClient.connect(town.port(), account, _ -> {});
      client = connected;
      connected.ask("session.open", Map.of("token", account.token(), "deviceId", deviceId));
      tally.add("ok");
    }
    return connected;
  }

  private void disconnect() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
