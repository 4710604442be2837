package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hongbao.standalone.wire.WireClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Somebody who keeps chatting whatever happens, as an SDK does: reconnects with a growing,
/// jittered pause, reads each log on from what it holds, sends again with the same key what got no
/// answer, and asks again what was `unavailable` for a moment.
final class Person implements AutoCloseable {

  private static final int PAUSE_MS_MAX = 1_000;
  private static final int LOOK_MS_MAX = 200;
  private static final int EVENTS_HELD_MAX = 100_000;
  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final IntSupplier gateway;
  private final WireClient.Account account;
  private final Replies replies;
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Long> told = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final long pauseMs;
  private final Thread thread;
  private final Network network = new Network();
  private volatile BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(EVENTS_HELD_MAX);
  private volatile boolean running = true;
  private volatile boolean sending = true;
  private volatile boolean open;
  private volatile int paddingCharacters;
  private volatile @Nullable String unanswered;

  /// Where this person is connected, or was last.
  private volatile int port;

  /// Where it is to connect next, once; 0 where that is all the same.
  private volatile int nextPort;

  /// The number of the message that this person is to have an answer to before it pauses again.
  private volatile long urged;

  private volatile long answered;

  /// @param gateway the port for the next connection
  /// @param pauseMs between two messages of this person
  Person(
      IntSupplier gateway,
      WireClient.Account account,
      Collection<String> groupIds,
      long pauseMs,
      Replies replies) {
    this.gateway = gateway;
    this.account = account;
    this.pauseMs = pauseMs;
    this.replies = replies;
    groupIds.forEach(id -> conversations.put(id, new Conversation(id)));
    this.thread = Thread.ofVirtual().name("person-" + account.username()).unstarted(this::live);
  }

  void start() {
    thread.start();
  }

  /// Keys of this person's messages that the server acknowledged, with their seq.
  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  WireClient.Account account() {
    return account;
  }

  Collection<Conversation> conversations() {
    return conversations.values();
  }

  @Nullable Conversation conversation(String groupId) {
    return conversations.get(groupId);
  }

  /// The last entry of a group that reached this person in any way.
  long toldUpTo(String groupId) {
    Conversation conversation = conversations.get(groupId);
    return conversation == null ? 0 : Math.max(conversation.last(), told.getOrDefault(groupId, 0L));
  }

  /// No new messages from now on; what had no answer yet is still sent until it has one.
  void quieten() {
    sending = false;
  }

  /// The end of [#quieten].
  void speak() {
    sending = true;
  }

  /// Sends a new message without a pause.
  void speakAtOnce() {
    urged = keys.get() + 1;
    wake();
  }

  /// Whether the message of the last [#speakAtOnce] is acknowledged.
  boolean hasSpoken() {
    return answered >= urged;
  }

  boolean isQuiet() {
    return !sending && unanswered == null;
  }

  /// Whether there is a session that has read the logs on.
  boolean isOpen() {
    return open && !network.isCut();
  }

  /// How much longer each text is than need be.
  void pad(int characters) {
    paddingCharacters = characters;
  }

  /// Takes nothing from the network, and says nothing, until [#goOn].
  void stall() {
    network.stall();
  }

  void goOn() {
    network.goOn();
  }

  /// Loses the connection, and makes another at once.
  void cut() {
    network.cut();
    wake();
  }

  int port() {
    return port;
  }

  /// Loses the connection, and makes another at once, to this port.
  void moveTo(int other) {
    nextPort = other;
    cut();
  }

  private void wake() {
    events.offer(NOTHING);
  }

  @Override
  public void close() {
    running = false;
    network.goOn();
    thread.interrupt();
  }

  private void live() {
    int failures = 0;
    while (running) {
      var queue = new LinkedBlockingQueue<JsonNode>(EVENTS_HELD_MAX);
      events = queue;
      port = nextPort == 0 ? gateway.getAsInt() : nextPort;
      nextPort = 0;
      try (var client = WireClient.connect(port, account, event -> arrived(event, queue))) {
        network.use(client);
        ask(client, "session.open", Map.of("token", account.token(), "deviceId", "person"));
        for (Conversation conversation : conversations.values()) {
          readOn(client, conversation);
        }
        failures = 0;
        open = true;
        chat(client, queue);
      } catch (InterruptedException _) {
        return;
      } catch (CompletionException | AssertionError | IllegalStateException _) {
        failures++; // cut off or refused for now: come back
      } finally {
        open = false;
      }
      if (!network.wasCut() && !pause(Math.min(PAUSE_MS_MAX, 50L << Math.min(failures, 5)))) {
        return;
      }
    }
  }

  /// On the connection's thread: while this waits, nothing more is read from the socket.
  private void arrived(JsonNode event, BlockingQueue<JsonNode> queue) {
    network.pass();
    if (event.get("event").textValue().equals("message")) {
      JsonNode data = event.get("data");
      told.merge(data.get("groupId").textValue(), data.get("seq").longValue(), Math::max);
    }
    if (!queue.offer(event)) {
      throw new IllegalStateException("too many events wait");
    }
  }

  private void chat(WireClient client, BlockingQueue<JsonNode> queue) throws InterruptedException {
    var groupIds = new ArrayList<>(conversations.keySet());
    var live = new HashMap<String, Long>();
    long nextSend = System.nanoTime() + spread(pauseMs);
    while (running && !client.isClosed() && !network.isCut()) {
      JsonNode event = queue.poll(Math.clamp(pauseMs, 1, LOOK_MS_MAX), TimeUnit.MILLISECONDS);
      if (event != null && !event.isMissingNode()) {
        take(client, event, live);
      }
      boolean speaks = (sending || unanswered != null) && !network.isStalled();
      if (speaks && (!hasSpoken() || System.nanoTime() - nextSend >= 0)) {
        nextSend = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        say(client, groupIds);
      }
    }
  }

  private static long spread(long pauseMs) {
    return ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(pauseMs) + 1);
  }

  private void take(WireClient client, JsonNode event, Map<String, Long> live) {
    JsonNode data = event.get("data");
    switch (event.get("event").textValue()) {
      case "message" -> {
        Conversation conversation = conversations.get(data.get("groupId").textValue());
        if (conversation == null) {
          return;
        }
        long seq = data.get("seq").longValue();
        if (live.getOrDefault(conversation.groupId(), 0L) >= seq) {
          conversation.disordered(seq);
        }
        live.put(conversation.groupId(), seq);
        if (!conversation.take(data)) {
          readOn(client, conversation);
        }
      }
      case "resync" -> {
        Conversation conversation = conversations.get(data.get("groupId").textValue());
        if (conversation != null) {
          readOn(client, conversation);
        }
      }
      default -> {
        // other events change nothing in the log
      }
    }
  }

  /// A key names its group, so an unanswered one is sent again to the same.
  private void say(WireClient client, List<String> groupIds) {
    String key = unanswered;
    if (key == null) {
      String groupId = groupIds.get(ThreadLocalRandom.current().nextInt(groupIds.size()));
      String padding = paddingCharacters == 0 ? "" : " " + "x".repeat(paddingCharacters);
      key = groupId + "." + account.username() + "." + keys.incrementAndGet() + padding;
      unanswered = key;
    }
    long asked = System.nanoTime();
    JsonNode sent =
        ask(
            client,
            "message.send",
            WireClient.text(key.substring(0, key.indexOf('.')), keyOf(key), key));
    replies.took(System.nanoTime() - asked);
    acknowledged.put(keyOf(key), sent.get("seq").longValue());
    unanswered = null;
    answered = keys.get();
  }

  /// A text without what makes it longer.
  static String keyOf(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }

  private static void readOn(WireClient client, Conversation conversation) {
    long lastSeq;
    do {
      JsonNode page =
          ask(
              client,
              "message.history",
              Map.of(
                  "groupId",
                  conversation.groupId(),
                  "afterSeq",
                  conversation.last(),
                  "limit",
                  200));
      page.get("messages").forEach(conversation::take);
      lastSeq = page.get("lastSeq").longValue();
    } while (conversation.last() < lastSeq);
  }

  /// The reply's data. Asks again over the same connection where the server says when.
  ///
  /// @throws IllegalStateException for any other refusal
  private static JsonNode ask(WireClient client, String op, Object data) {
    while (true) {
      JsonNode reply = client.send(op, data).join();
      if (reply.has("data")) {
        return reply.get("data");
      }
      JsonNode retryAfterMs = reply.get("error").get("retryAfterMs");
      if (retryAfterMs == null || !pause(retryAfterMs.longValue())) {
        throw new IllegalStateException(op + " was refused: " + reply);
      }
    }
  }

  private static boolean pause(long ms) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(ms / 2, ms + 1));
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
