package io.hongbao.benchmarks.soak;

import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The people and groups among which all is done.
///
/// @param groups groups and their members, among whom is a part of the people each
/// @param visited a group that people join and leave all the time, by `visitedCode`
record Town(
    int port, List<Account> people, List<Circle> groups, String visited, String visitedCode) {

  private static final int GROUPS = 20;
  private static final int MEMBERS = 20;
  private static final int STEP = 5;

  /// A group and who is in it.
  record Circle(String groupId, List<Account> members) {}

  static Town build(int port, int peopleCount) {
    var people = new ArrayList<Account>();
    for (int i = 0; i < peopleCount; i++) {
      people.add(WireClient.register(port, "Person " + i));
    }
    var groups = new ArrayList<Circle>();
    for (int group = 0; group < GROUPS; group++) {
      var members = new ArrayList<Account>();
      for (int i = 0; i < MEMBERS; i++) {
        members.add(people.get((group * STEP + i) % people.size()));
      }
      try (var founder = WireClient.open(port, members.getFirst(), "founder")) {
        List<String> others = members.stream().skip(1).map(Account::userId).toList();
        groups.add(new Circle(create(founder, "group " + group, others), List.copyOf(members)));
      }
    }
    try (var mayor = WireClient.open(port, people.getFirst(), "mayor")) {
      String visited = create(mayor, "visited", List.of());
      String code =
          mayor.ask("group.invite_code", Map.of("groupId", visited)).get("code").textValue();
      return new Town(port, List.copyOf(people), List.copyOf(groups), visited, code);
    }
  }

  List<Circle> groupsOf(Account account) {
    return groups.stream().filter(group -> group.members().contains(account)).toList();
  }

  private static String create(WireClient client, String name, List<String> memberIds) {
    String key = client.userId() + name;
    return client
        .ask("group.create", Map.of("clientGroupId", key, "name", name, "memberIds", memberIds))
        .get("group")
        .get("groupId")
        .textValue();
  }
}
