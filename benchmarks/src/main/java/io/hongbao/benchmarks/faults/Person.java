package io.hongbao.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.standalone.wire.WireClient;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/// Somebody who keeps chatting whatever happens, as an SDK does: reconnects with a growing,
/// jittered pause, reads each log on from what it holds, sends again with the same key what got no
/// answer.
final class Person implements AutoCloseable {

  private static final int PAUSE_MS_MAX = 1_000;
  private static final int EVENTS_HELD_MAX = 100_000;

  private final int port;
  private final WireClient.Account account;
  private final Map<String, Conversation> conversations = new HashMap<>();
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final long pauseMs;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile boolean sending = true;
  private volatile @Nullable String unanswered;

  /// @param pauseMs between two messages of this person
  Person(int port, WireClient.Account account, List<String> groupIds, long pauseMs) {
    this.port = port;
    this.account = account;
    this.pauseMs = pauseMs;
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

  Conversation conversation(String groupId) {
    Conversation conversation = conversations.get(groupId);
    if (conversation == null) {
      throw new IllegalArgumentException("not in group " + groupId);
    }
    return conversation;
  }

  /// No new messages from now on; what had no answer yet is still sent until it has one.
  void quieten() {
    sending = false;
  }

  boolean isQuiet() {
    return !sending && unanswered == null;
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }

  private void live() {
    int failures = 0;
    while (running) {
      var events = new LinkedBlockingQueue<JsonNode>(EVENTS_HELD_MAX);
      try (var client = WireClient.connect(port, account, events::offer)) {
        client.ask("session.open", Map.of("token", account.token(), "deviceId", "person"));
        for (Conversation conversation : conversations.values()) {
          readOn(client, conversation);
        }
        failures = 0;
        chat(client, events);
      } catch (InterruptedException _) {
        return;
      } catch (CompletionException | AssertionError | IllegalStateException _) {
        failures++; // cut off or refused for now: come back
      }
      if (!pause(Math.min(PAUSE_MS_MAX, 50L << Math.min(failures, 5)))) {
        return;
      }
    }
  }

  private void chat(WireClient client, BlockingQueue<JsonNode> events) throws InterruptedException {
    var groupIds = new ArrayList<>(conversations.keySet());
    var live = new HashMap<String, Long>();
    long nextSend = System.nanoTime();
    while (running && !client.isClosed()) {
      JsonNode event = events.poll(Math.max(1, Math.min(pauseMs, 50)), TimeUnit.MILLISECONDS);
      if (event != null) {
        take(client, event, live);
      }
      if (System.nanoTime() - nextSend >= 0 && (sending || unanswered != null)) {
        nextSend = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        say(client, groupIds);
      }
    }
  }

  private void take(WireClient client, JsonNode event, Map<String, Long> live) {
    JsonNode data = event.get("data");
    switch (event.get("event").textValue()) {
      case "message" -> {
        String groupId = data.get("groupId").textValue();
        long seq = data.get("seq").longValue();
        Conversation conversation = conversation(groupId);
        if (live.getOrDefault(groupId, 0L) >= seq) {
          conversation.violated("entry " + seq + " out of order or twice");
        }
        live.put(groupId, seq);
        if (!conversation.take(data)) {
          readOn(client, conversation);
        }
      }
      case "resync" -> readOn(client, conversation(data.get("groupId").textValue()));
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
      key = groupId + "." + account.username() + "." + keys.incrementAndGet();
      unanswered = key;
    }
    JsonNode sent =
        client.ask(
            "message.send",
            Map.of(
                "groupId",
                key.substring(0, key.indexOf('.')),
                "clientMessageId",
                key,
                "type",
                "text",
                "content",
                Map.of("text", key)));
    acknowledged.put(key, sent.get("seq").longValue());
    unanswered = null;
  }

  private static void readOn(WireClient client, Conversation conversation) {
    long lastSeq;
    do {
      JsonNode page =
          client.ask(
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

  private static boolean pause(long ms) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(ms / 2, ms + 1));
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
