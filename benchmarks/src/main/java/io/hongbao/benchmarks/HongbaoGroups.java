package io.hongbao.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.wire.Json;
import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Real accounts in real groups on a running server, and how their connections speak.
final class HongbaoGroups implements Speaker {

  /// How many people an idle group has: each is in 10 groups.
  static final int IDLE_PEOPLE = 100;

  private static final int IDLE_GROUPS_EACH = 10;

  /// Users that one request names.
  private static final int NAMED_MAX = 500;

  private final Workload workload;
  private final List<Account> accounts;
  private final List<String> groupIds;

  /// What the keys of messages begin with.
  private final String keys;

  private HongbaoGroups(
      Workload workload, List<Account> accounts, List<String> groupIds, String keys) {
    this.workload = workload;
    this.accounts = accounts;
    this.groupIds = groupIds;
    this.keys = keys;
  }

  /// Makes an account for each member and a group for each group of the workload.
  static HongbaoGroups make(Workload workload, int port) {
    List<Account> accounts =
        Together.all(workload.connections(), _ -> WireClient.register(port, "bench"));
    var groupIds = new ArrayList<String>();
    for (int group = 0; group < workload.groups(); group++) {
      groupIds.add(createGroup(port, members(accounts, workload, group), "group"));
    }
    return new HongbaoGroups(workload, accounts, groupIds, "m");
  }

  /// The same with everyone in 10 groups.
  static HongbaoGroups makeOverlapping(Workload workload, int port) {
    HongbaoGroups groups = make(workload, port);
    for (int group = 0; group < workload.groups(); group++) {
      for (int more = 1; more < IDLE_GROUPS_EACH; more++) {
        createGroup(port, members(groups.accounts, workload, group), "group " + more);
      }
    }
    return groups;
  }

  /// The same groups for another load, whose messages are no repeats of the one before.
  HongbaoGroups again() {
    return new HongbaoGroups(workload, accounts, groupIds, keys + "m");
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
        + "\",\"clientMessageId\":\""
        + keys
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

  private static List<Account> members(List<Account> accounts, Workload workload, int group) {
    return accounts.subList(group * workload.members(), (group + 1) * workload.members());
  }

  List<Account> accounts() {
    return accounts;
  }

  String groupId(int group) {
    return groupIds.get(group);
  }

  private static String createGroup(int port, List<Account> members, String name) {
    try (var owner = WireClient.open(port, members.getFirst(), "setup")) {
      String groupId = owner.createGroup(name);
      for (int from = 1; from < members.size(); from += NAMED_MAX) {
        List<String> userIds =
            members.subList(from, Math.min(members.size(), from + NAMED_MAX)).stream()
                .map(Account::userId)
                .toList();
        owner.ask("group.invite", Map.of("groupId", groupId, "userIds", userIds));
      }
      JsonNode group = owner.ask("group.get", Map.of("groupId", groupId)).get("group");
      if (group.get("memberCount").intValue() != members.size()) {
        throw new IllegalStateException("the group lacks members: " + group);
      }
      return groupId;
    }
  }

  private static String request(String op, Map<String, Object> data) {
    return new String(Json.bytes(Map.of("id", 1, "op", op, "data", data)), StandardCharsets.UTF_8);
  }
}
