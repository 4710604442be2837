package io.hongbao.benchmarks.soak;

import io.hongbao.standalone.wire.WireClient;
import io.hongbao.standalone.wire.WireClient.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The people and groups among which all is done.
///
/// @param groups groups and their members, among whom is a part of the people each
/// @param visited a group that people join and leave all the time, by `visitedCode`
/// @param guarded a group that takes members by approval; half of the people rule over it, the
///   other half come and go
/// @param packets the last red packet of each group, as the people tell each other
/// @param pictures the last picture of each group, likewise
record Town(
    int port,
    List<Account> people,
    List<Circle> groups,
    String visited,
    String visitedCode,
    String guarded,
    Map<String, String> packets,
    Map<String, String> pictures) {

  private static final int GROUPS = 20;
  private static final int MEMBERS = 20;
  private static final int ADMINS = 10;
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
        String groupId = founder.createGroup("group " + group, ids(members.subList(1, MEMBERS)));
        appoint(founder, groupId, members.subList(1, ADMINS));
        groups.add(new Circle(groupId, List.copyOf(members)));
      }
    }
    try (var mayor = WireClient.open(port, people.getFirst(), "mayor")) {
      String visited = mayor.createGroup("visited");
      String code =
          mayor.ask("group.invite_code", Map.of("groupId", visited)).get("code").textValue();
      List<Account> wardens = people.subList(1, peopleCount / 2);
      String guarded = mayor.createGroup("guarded", ids(wardens));
      appoint(mayor, guarded, wardens);
      mayor.ask(
          "group.update", Map.of("groupId", guarded, "rules", Map.of("joinPolicy", "approval")));
      return new Town(
          port,
          List.copyOf(people),
          List.copyOf(groups),
          visited,
          code,
          guarded,
          new ConcurrentHashMap<>(),
          new ConcurrentHashMap<>());
    }
  }

  /// Who does not rule over `guarded`.
  List<Account> guests() {
    return people.subList(people.size() / 2, people.size());
  }

  List<Circle> groupsOf(Account account) {
    return groups.stream().filter(group -> group.members().contains(account)).toList();
  }

  private static void appoint(WireClient owner, String groupId, List<Account> admins) {
    for (Account admin : admins) {
      owner.ask(
          "group.set_role", Map.of("groupId", groupId, "userId", admin.userId(), "role", "admin"));
    }
  }

  private static String[] ids(List<Account> people) {
    return people.stream().map(Account::userId).toArray(String[]::new);
  }
}
