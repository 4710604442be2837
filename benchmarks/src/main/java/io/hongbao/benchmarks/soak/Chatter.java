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
  private static final int CODES = 20;
  private static final List<String> EMOJI = List.of("👍", "🎉", "❤️", "😂", "🧧");

  private final Town town;
  private final Account account;
  private final String deviceId;
  private final Tally tally;
  private final Random random;
  private final Map<String, Long> lastSeqs = new HashMap<>();
  private final List<Town.Circle> groups;
  private final Founding founding = new Founding(this);
  private final Giving giving;
  private final Sharing sharing;
  private @Nullable WireClient client;
  private Town.Circle group;
  private long keys;
  private @Nullable String sentGroupId;
  private long sentSeq;
  private @Nullable String requestId;
  private String code = "0000";

  Chatter(Town town, int number, Tally tally) {
    this.town = town;
    this.account = town.people().get(number % town.people().size());
    this.deviceId = "device-" + number / town.people().size();
    this.tally = tally;
    this.random = new Random(number);
    this.giving = new Giving(this, town.packets());
    this.sharing = new Sharing(this, town.pictures());
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
        tally.add("WebSocket", "lost connection");
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
    if (error == null) {
      tally.succeeded(op);
    } else {
      tally.add(op, error.get("code").textValue());
    }
    return reply.get("data");
  }

  Founding founding() {
    return founding;
  }

  Giving giving() {
    return giving;
  }

  Sharing sharing() {
    return sharing;
  }

  Map<String, Object> inGroup() {
    return Map.of("groupId", groupId());
  }

  Map<String, Object> inGuarded(Map<String, Object> more) {
    var data = new HashMap<>(more);
    data.put("groupId", town.guarded());
    return data;
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

  /// Somebody who may be in the guarded group.
  String guest() {
    return one(town.guests()).userId();
  }

  boolean flip() {
    return random.nextBoolean();
  }

  private Account one(List<Account> people) {
    return people.get(random.nextInt(people.size()));
  }

  String groupId() {
    return group.groupId();
  }

  String word() {
    return "w" + random.nextInt(WORDS);
  }

  private long lastSeq() {
    return lastSeqs.getOrDefault(groupId(), 1L);
  }

  String key() {
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

  void edit() {
    if (sentGroupId != null) {
      ask(
          "message.edit",
          Map.of("groupId", sentGroupId, "seq", sentSeq, "content", Map.of("text", word())));
    }
  }

  void react() {
    var reaction = new HashMap<String, Object>();
    reaction.put("emoji", EMOJI.get(random.nextInt(EMOJI.size())));
    if (random.nextInt(4) == 0) {
      reaction.put("remove", true);
    }
    ask("message.react", entryAnd(reaction));
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
        Map.of("groupId", groupId(), "pinned", flip(), "doNotDisturb", false));
  }

  void join() {
    ask(
        "group.join",
        flip()
            ? Map.of("inviteCode", town.visitedCode())
            : Map.of("groupId", town.guarded(), "message", word()));
  }

  void leave() {
    boolean guest = town.guests().contains(account);
    ask("group.leave", Map.of("groupId", guest && flip() ? town.guarded() : town.visited()));
  }

  void invite() {
    ask("group.invite", Map.of("groupId", town.visited(), "userIds", List.of(somebody())));
  }

  void updateGroup() {
    var rules = Map.of("slowModeMs", random.nextInt(2) * 1_000);
    ask("group.update", inGuarded(Map.of("announcement", word(), "rules", rules)));
  }

  void requests() {
    JsonNode page = ask("group.requests", inGuarded(Map.of()));
    if (page != null && !page.get("requests").isEmpty()) {
      JsonNode requests = page.get("requests");
      requestId = requests.get(random.nextInt(requests.size())).get("requestId").textValue();
    }
  }

  /// Decides a request seen before, which others may have decided meanwhile.
  void decide() {
    if (requestId == null) {
      requests();
    } else {
      ask("group.decide", Map.of("requestId", requestId, "accept", flip()));
      requestId = null;
    }
  }

  void remove() {
    ask("group.remove", inGuarded(Map.of("userIds", List.of(guest()), "ban", flip())));
  }

  /// For a second or two, so that it also runs out, or not at all.
  void mute() {
    long untilAt = flip() ? System.currentTimeMillis() + 1_000 + random.nextInt(1_000) : 0;
    ask("group.mute", inGuarded(Map.of("userId", guest(), "untilAt", untilAt)));
  }

  void enterFace() {
    code = "%04d".formatted(random.nextInt(CODES));
    ask("face.enter", Map.of("code", code));
  }

  void confirmFace() {
    ask("face.confirm", Map.of("code", code));
  }

  void leaveFace() {
    ask("face.leave", Map.of("code", code));
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
    String path = "/api/v1/tokens";
    var answer =
        WireClient.post(
            town.port(), path, Map.of("username", account.username(), "password", "correct horse"));
    if (answer.statusCode() == 200) {
      tally.succeeded(path);
    } else {
      tally.add(path, "HTTP " + answer.statusCode());
    }
  }

  void register() {
    WireClient.register(town.port(), "Newcomer");
    tally.succeeded("/api/v1/accounts");
  }

  // --- the connection

  private WireClient connected() {
    WireClient connected = client;
    if (connected == null || connected.isClosed()) {
      connected = WireClient.connect(town.port(), account, _ -> {});
      client = connected;
      connected.ask("session.open", Map.of("token", account.token(), "deviceId", deviceId));
      tally.succeeded("session.open");
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
