package io.hongbao.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Real accounts in real groups on a running server, and how their connections speak.
final class HongbaoGroups implements Speaker {

  /// How many people an idle group has: each is in 10 groups.
  static final int IDLE_PEOPLE = 100;

  private static final int IDLE_GROUPS_EACH = 10;
  private static final int REGISTERING_MAX = 16;

  private final Workload workload;
  private final List<Account> accounts;
  private final List<String> groupIds;

  record Account(String userId, String token) {}

  private HongbaoGroups(Workload workload, List<Account> accounts, List<String> groupIds) {
    this.workload = workload;
    this.accounts = accounts;
    this.groupIds = groupIds;
  }

  /// Makes an account for each member and a group for each group of the workload.
  static HongbaoGroups make(Workload workload, int port) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<Account> accounts = register(http, port, workload.connections());
      var groupIds = new ArrayList<String>();
      for (int group = 0; group < workload.groups(); group++) {
        List<Account> members =
            accounts.subList(group * workload.members(), (group + 1) * workload.members());
        groupIds.add(createGroup(http, port, members, "g"));
      }
      return new HongbaoGroups(workload, accounts, groupIds);
    }
  }

  /// The same with everyone in 10 groups.
  static HongbaoGroups makeOverlapping(Workload workload, int port)
      throws IOException, InterruptedException {
    HongbaoGroups groups = make(workload, port);
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int group = 0; group < workload.groups(); group++) {
        List<Account> members =
            groups.accounts.subList(group * workload.members(), (group + 1) * workload.members());
        for (int more = 1; more < IDLE_GROUPS_EACH; more++) {
          createGroup(http, port, members, "g" + more);
        }
      }
    }
    return groups;
  }

  @Override
  public String path(int group, int member) {
    return "/ws";
  }

  @Override
  public String opening(int group, int member) {
    Account account = accounts.get(group * workload.members() + member);
    return request("session.open", Map.of("token", account.token(), "deviceId", "bench-" + group));
  }

  @Override
  public String message(int group, int member, long number, String text) {
    return "{\"id\":"
        + number
        + ",\"op\":\"message.send\",\"data\":{\"groupId\":\""
        + groupIds.get(group)
        + "\",\"clientMessageId\":\"m"
        + number
        + "\",\"type\":\"text\",\"content\":{\"text\":\""
        + text
        + "\"}}}";
  }

  @Override
  public @Nullable String readMark(int group, int member, long number) {
    return "{\"id\":"
        + number
        + ",\"op\":\"message.read\",\"data\":{\"groupId\":\""
        + groupIds.get(group)
        + "\",\"seq\":"
        + number
        + "}}";
  }

  String groupId(int group) {
    return groupIds.get(group);
  }

  List<Account> accounts() {
    return accounts;
  }

  String token(int group, int member) {
    return accounts.get(group * workload.members() + member).token();
  }

  private static List<Account> register(HttpClient http, int port, int count)
      throws InterruptedException, IOException {
    String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    var accounts = new ArrayList<Account>();
    try (var threads = Executors.newFixedThreadPool(REGISTERING_MAX)) {
      var made = new ArrayList<Future<Account>>();
      for (int i = 0; i < count; i++) {
        String username = "b" + run + "." + i;
        made.add(threads.submit(() -> register(http, port, username)));
      }
      for (Future<Account> account : made) {
        accounts.add(account.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return accounts;
  }

  private static Account register(HttpClient http, int port, String username)
      throws IOException, InterruptedException {
    byte[] body =
        Json.bytes(Map.of("username", username, "password", "password", "nickname", "bench"));
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/accounts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    if (response.statusCode() != 201) {
      throw new IOException("no account: HTTP " + response.statusCode());
    }
    JsonNode account = Json.mapper().readTree(response.body());
    return new Account(account.get("userId").textValue(), account.get("token").textValue());
  }

  private static String createGroup(HttpClient http, int port, List<Account> members, String key)
      throws IOException, InterruptedException {
    var replies = new Replies();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), replies)
            .join();
    socket.sendText(
        request("session.open", Map.of("token", members.get(0).token(), "deviceId", "setup")),
        true);
    replies.next();
    List<String> others = members.stream().skip(1).map(Account::userId).toList();
    socket.sendText(
        request(
            "group.create", Map.of("clientGroupId", key, "name", "benchmark", "memberIds", others)),
        true);
    JsonNode group = replies.next().get("data").get("group");
    socket.abort();
    if (group.get("memberCount").intValue() != members.size()) {
      throw new IOException("the group lacks members: " + group);
    }
    return group.get("groupId").textValue();
  }

  private static String request(String op, Map<String, Object> data) {
    return new String(
        Json.bytes(Map.of("id", 1, "op", op, "data", data)),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  /// Takes the next reply, leaving out events.
  private static final class Replies implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private volatile CompletableFuture<String> next = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String frame = text.toString();
        text.setLength(0);
        if (frame.startsWith("{\"id\"")) {
          next.complete(frame);
        }
      }
      socket.request(1);
      return null;
    }

    JsonNode next() throws IOException, InterruptedException {
      try {
        JsonNode reply = Json.mapper().readTree(next.get(30, TimeUnit.SECONDS));
        next = new CompletableFuture<>();
        if (reply.has("error")) {
          throw new IOException("refused: " + reply);
        }
        return reply;
      } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
        throw new IOException(e);
      }
    }
  }
}
