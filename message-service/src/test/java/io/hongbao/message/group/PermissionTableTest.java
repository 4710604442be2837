package io.hongbao.message.group;

import static io.hongbao.message.group.GroupFixture.GROUP;
import static io.hongbao.message.group.GroupFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.JoinPolicy;
import io.hongbao.message.log.EntryType;
import io.hongbao.message.log.Mentions;
import io.hongbao.message.log.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may do what to whom, role by role: every act, every role that acts, every role that it is
/// done to. Written out here once more, as the protocol has it, and held against the rules.
final class PermissionTableTest {

  private static final long OTHER_ADMIN = 12;
  private static final long OTHER_MEMBER = 13;
  private static final long STRANGER = 14;
  private static final long OWN_SEQ = 9;

  /// Every act of the table in the code, without policies.
  private static final String ACTS =
      """
      act              | owner | admin | member
      DISSOLVE         | yes   | no    | no
      TRANSFER         | yes   | no    | no
      SET_ROLE         | yes   | no    | no
      REMOVE           | yes   | yes   | no
      MUTE             | yes   | yes   | no
      UPDATE           | yes   | yes   | no
      DECIDE           | yes   | yes   | no
      INVITE_CODE      | yes   | yes   | no
      BAN              | yes   | yes   | no
      AUDIT            | yes   | yes   | no
      PIN              | yes   | yes   | no
      RECALL_ANY       | yes   | yes   | no
      MENTION_ALL      | yes   | yes   | no
      POST_AT_WILL     | yes   | yes   | no
      POST             | yes   | yes   | yes
      INVITE           | yes   | yes   | yes
      INVITE_UNDECIDED | yes   | yes   | no
      """;

  /// What is done to one user. A `self` is who acts, the other columns are others.
  private static final String TO_SOMEBODY =
      """
      operation  | who      | owner     | admin     | member    | stranger  | self
      set_admin  | owner    |           | repeat    | done      | not_found | invalid_argument userId
      set_admin  | admin    | forbidden | forbidden | forbidden | forbidden | forbidden
      set_admin  | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      set_admin  | stranger | no        | no        | no        |           | no
      set_member | owner    |           | done      | repeat    | not_found | invalid_argument userId
      set_member | admin    | forbidden | forbidden | forbidden | forbidden | invalid_argument userId
      set_member | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      set_member | stranger | no        | no        | no        |           | no
      transfer   | owner    |           | done      | done      | not_found | repeat
      transfer   | admin    | forbidden | forbidden | forbidden | forbidden | forbidden
      transfer   | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      transfer   | stranger | no        | no        | no        |           | no
      mute       | owner    |           | done      | done      | not_found | invalid_argument userId
      mute       | admin    | forbidden | forbidden | done      | not_found | invalid_argument userId
      mute       | member   | forbidden | forbidden | forbidden | forbidden | invalid_argument userId
      mute       | stranger | no        | no        | no        |           | no
      unmute     | owner    |           | repeat    | repeat    | not_found | invalid_argument userId
      unmute     | admin    | forbidden | forbidden | repeat    | not_found | invalid_argument userId
      unmute     | member   | forbidden | forbidden | forbidden | forbidden | invalid_argument userId
      unmute     | stranger | no        | no        | no        |           | no
      remove     | owner    |           | done      | done      | repeat    | invalid_argument userIds
      remove     | admin    | forbidden | forbidden | done      | repeat    | invalid_argument userIds
      remove     | member   | forbidden | forbidden | forbidden | forbidden | invalid_argument userIds
      remove     | stranger | no        | no        | no        |           | no
      ban        | owner    |           | done      | done      | done      | invalid_argument userIds
      ban        | admin    | forbidden | forbidden | done      | done      | invalid_argument userIds
      ban        | member   | forbidden | forbidden | forbidden | forbidden | invalid_argument userIds
      ban        | stranger | no        | no        | no        |           | no
      unban      | owner    |           | repeat    | repeat    | done      | repeat
      unban      | admin    | repeat    | repeat    | repeat    | done      | repeat
      unban      | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      unban      | stranger | no        | no        | no        |           | no
      recall     | owner    |           | done      | done      | done      | done
      recall     | admin    | done      | done      | done      | done      | done
      recall     | member   | forbidden | forbidden | forbidden | forbidden | done
      recall     | stranger | no        | no        | no        |           | no
      edit       | owner    |           | forbidden | forbidden | forbidden | done
      edit       | admin    | forbidden | forbidden | forbidden | forbidden | done
      edit       | member   | forbidden | forbidden | forbidden | forbidden | done
      edit       | stranger | no        | no        | no        |           | no
      pin        | owner    |           | done      | done      | done      | done
      pin        | admin    | done      | done      | done      | done      | done
      pin        | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      pin        | stranger | no        | no        | no        |           | no
      unpin      | owner    |           | done      | done      | done      | done
      unpin      | admin    | done      | done      | done      | done      | done
      unpin      | member   | forbidden | forbidden | forbidden | forbidden | forbidden
      unpin      | stranger | no        | no        | no        |           | no
      react      | owner    |           | done      | done      | done      | done
      react      | admin    | done      | done      | done      | done      | done
      react      | member   | done      | done      | done      | done      | done
      react      | stranger | no        | no        | no        |           | no
      """;

  /// What is done to nobody, under the group's policies.
  private static final String BY_ONESELF =
      """
      operation    | policies                                    | owner               | admin     | member    | stranger
      dissolve     |                                             | done                | forbidden | forbidden | no
      update       |                                             | done                | done      | forbidden | no
      accept       |                                             | done                | done      | forbidden | no
      decline      |                                             | done                | done      | forbidden | no
      invite_code  |                                             | done                | done      | forbidden | no
      nickname     |                                             | done                | done      | done      | no
      leave        |                                             | owner_must_transfer | done      | done      | no
      mention_all  |                                             | done                | done      | forbidden | no
      post         | post=everyone                               | done                | done      | done      | no
      post         | post=admins                                 | done                | done      | muted     | no
      edit_own     | post=admins                                 | done                | done      | muted     | no
      react_own    | post=admins                                 | done                | done      | done      | no
      invite       | invite=everyone join=invite_only            | joins               | joins     | joins     | no
      invite       | invite=everyone join=open                   | joins               | joins     | joins     | no
      invite       | invite=everyone join=approval               | joins               | joins     | asks      | no
      invite       | invite=admins join=invite_only              | joins               | joins     | forbidden | no
      invite       | invite=admins join=open                     | joins               | joins     | forbidden | no
      invite       | invite=admins join=approval                 | joins               | joins     | forbidden | no
      join         | join=open                                   | repeat              | repeat    | repeat    | joins
      join         | join=approval                               | repeat              | repeat    | repeat    | asks
      join         | join=invite_only                            | repeat              | repeat    | repeat    | forbidden
      join_by_code | join=open                                   | repeat              | repeat    | repeat    | joins
      join_by_code | join=approval                               | repeat              | repeat    | repeat    | asks
      join_by_code | join=invite_only                            | repeat              | repeat    | repeat    | joins
      """;

  @Test
  void everyActOfTheCodeStandsInTheTable() {
    List<String> acts = rows(ACTS).map(cells -> cells[0]).toList();
    assertThat(acts)
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Act.values()).map(Act::name).toList());
  }

  /// There is one owner, and strangers do nothing to each other.
  @Test
  void everyRoleMeetsEveryRole() {
    var roles = List.of("owner", "admin", "member", "stranger");
    var rows = new ArrayList<String>();
    rows(TO_SOMEBODY)
        .forEach(
            cells -> {
              rows.add(cells[0] + " " + cells[1]);
              for (String target : roles) {
                boolean none =
                    target.equals(cells[1])
                        && (target.equals("owner") || target.equals("stranger"));
                assertThat(cells[2 + roles.indexOf(target)].isEmpty())
                    .as("%s %s %s", cells[1], cells[0], target)
                    .isEqualTo(none);
              }
              assertThat(cells[6]).as("%s %s self", cells[1], cells[0]).isNotEmpty();
            });
    assertThat(rows)
        .containsExactlyElementsOf(
            operations(TO_SOMEBODY)
                .flatMap(operation -> roles.stream().map(role -> operation + " " + role))
                .toList());
  }

  @Test
  void everyCommandStandsInATable() {
    var commands = new HashSet<Class<?>>();
    Stream.concat(operations(TO_SOMEBODY), operations(BY_ONESELF))
        .map(operation -> command(operation, new Origin(GROUP, 1, 555), 2).getClass())
        .forEach(commands::add);
    assertThat(commands).isEqualTo(records(GroupCommand.OnGroup.class));
  }

  private static Stream<String> operations(String table) {
    return rows(table).map(cells -> cells[0]).distinct();
  }

  /// Those that a sealed interface permits, whatever lies in between.
  private static Set<Class<?>> records(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Set.of(type)
        : Arrays.stream(permitted)
            .flatMap(one -> records(one).stream())
            .collect(Collectors.toSet());
  }

  @TestFactory
  Stream<DynamicTest> actsByRole() {
    List<Role> roles = List.of(Role.OWNER, Role.ADMIN, Role.MEMBER);
    return rows(ACTS)
        .flatMap(
            cells ->
                roles.stream()
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                role + " " + cells[0],
                                () ->
                                    assertThat(Act.valueOf(cells[0]).isAllowed(role, Rules.DEFAULT))
                                        .isEqualTo("yes".equals(cells[1 + roles.indexOf(role)])))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsDoneToSomebody() {
    List<String> targets = List.of("owner", "admin", "member", "stranger", "self");
    return rows(TO_SOMEBODY)
        .flatMap(
            cells ->
                targets.stream()
                    .filter(target -> !cells[2 + targets.indexOf(target)].isEmpty())
                    .map(
                        target ->
                            DynamicTest.dynamicTest(
                                cells[1] + " " + cells[0] + " " + target,
                                () ->
                                    assertThat(outcome(cells[0], cells[1], target, ""))
                                        .isEqualTo(expected(cells[2 + targets.indexOf(target)])))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsDoneToNobody() {
    List<String> actors = List.of("owner", "admin", "member", "stranger");
    return rows(BY_ONESELF)
        .flatMap(
            cells ->
                actors.stream()
                    .map(
                        who ->
                            DynamicTest.dynamicTest(
                                who + " " + cells[0] + " " + cells[1],
                                () ->
                                    assertThat(outcome(cells[0], who, "self", cells[1]))
                                        .isEqualTo(expected(cells[2 + actors.indexOf(who)])))));
  }

  private static String expected(String cell) {
    return "no".equals(cell) ? "not_a_member" : cell;
  }

  private static Stream<String[]> rows(String table) {
    return table
        .lines()
        .skip(1)
        .map(
            line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new));
  }

  private static String outcome(String operation, String who, String target, String policies) {
    long actor = id(who);
    long targetId = "self".equals(target) ? actor : other(target);
    GroupState state = state(policies);
    Verdict verdict =
        GroupFixture.RULES.decide(
            state,
            facts(operation, targetId),
            command(operation, new Origin(GROUP, actor, 555), targetId),
            NOW);
    String outcome = GroupFixture.outcome(verdict);
    return switch (operation) {
      case "invite", "join", "join_by_code" ->
          verdict instanceof Verdict.Done done ? comesIn(done) : outcome;
      default -> outcome;
    };
  }

  private static String comesIn(Verdict.Done done) {
    return done.changes().stream().anyMatch(Change.Joined.class::isInstance) ? "joins" : "asks";
  }

  private static GroupCommand command(String operation, Origin by, long to) {
    return switch (operation) {
      case "set_admin" -> new AdminCommand.SetRole(by, to, Role.ADMIN);
      case "set_member" -> new AdminCommand.SetRole(by, to, Role.MEMBER);
      case "transfer" -> new AdminCommand.Transfer(by, to);
      case "mute" -> new AdminCommand.Mute(by, to, NOW + 1);
      case "unmute" -> new AdminCommand.Mute(by, to, 0);
      case "remove" -> new AdminCommand.Remove(by, List.of(to), false);
      case "ban" -> new AdminCommand.Remove(by, List.of(to), true);
      case "unban" -> new AdminCommand.Unban(by, to);
      case "recall" -> new GroupCommand.Recall(by, OWN_SEQ);
      case "edit", "edit_own" ->
          new EntryCommand.Edit(by, OWN_SEQ, "{\"text\":\"b\"}", "b", Mentions.NONE);
      case "pin" -> new EntryCommand.Pin(by, OWN_SEQ);
      case "unpin" -> new EntryCommand.Unpin(by, OWN_SEQ);
      case "react", "react_own" -> new EntryCommand.React(by, OWN_SEQ, "👍", true);
      case "dissolve" -> new AdminCommand.Dissolve(by);
      case "update" -> new AdminCommand.Update(by, "new", null, null, RulesPatch.NONE);
      case "accept" -> new AdminCommand.Decide(by, 700, true);
      case "decline" -> new AdminCommand.Decide(by, 700, false);
      case "invite_code" -> new GroupCommand.MakeCode(by, null, true, "candidate");
      case "nickname" -> new AdminCommand.Nickname(by, "nick");
      case "leave" -> new GroupCommand.Leave(by);
      case "mention_all" -> send(by, new Mentions(List.of(Mentions.EVERYBODY)));
      case "post" -> send(by, Mentions.NONE);
      case "invite" -> new GroupCommand.Invite(by, List.of(15L), Map.of(15L, 800L));
      case "join" -> new GroupCommand.JoinById(by, null);
      case "join_by_code" -> new GroupCommand.JoinByCode(by, "code", null);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private static GroupCommand send(Origin by, Mentions mentions) {
    return new GroupCommand.Send(by, "key", 42, EntryType.TEXT, "{\"text\":\"a\"}", null, mentions);
  }

  /// What every command may ask for: the target's ban, one who waits, a code, and a text of the
  /// target's.
  private static GroupFacts facts(String operation, long targetId) {
    var facts = new GroupFacts();
    for (long userId = 1; userId < 20; userId++) {
      facts.addUser(userId);
    }
    if (targetId == STRANGER && operation.equals("unban")) {
      facts.admin().addBan(STRANGER);
    }
    if (operation.equals("unpin")) {
      facts.entries().addPin(OWN_SEQ);
    }
    facts.admin().addRequest(new JoinRequest(700, GROUP, 16, null, null, NOW, null, null));
    facts.addCode(new InviteCode("code", GROUP, 1, 0, NOW + 1, null));
    facts.addTarget(
        new Target(OWN_SEQ, targetId, EntryType.TEXT, NOW, "{\"text\":\"a\"}", null, null, null));
    return facts;
  }

  private static GroupState state(String policies) {
    var group = new GroupFixture();
    for (String policy : policies.split(" ")) {
      String value = policy.substring(policy.indexOf('=') + 1);
      switch (policy.split("=")[0]) {
        case "join" -> group.joinPolicy(GroupFixture.word(JoinPolicy.class, value));
        case "invite" -> group.invitePolicy(GroupFixture.word(Allowed.class, value));
        case "post" -> group.postPolicy(GroupFixture.word(Allowed.class, value));
        default -> {
          // the defaults
        }
      }
    }
    return group
        .with(new Membership(OTHER_ADMIN, Role.ADMIN, 2, 1_000, 0, null))
        .with(new Membership(OTHER_MEMBER, Role.MEMBER, 2, 1_000, 0, null))
        .state();
  }

  private static long id(String who) {
    return switch (who) {
      case "owner" -> GroupFixture.OWNER;
      case "admin" -> GroupFixture.ADMIN;
      case "member" -> GroupFixture.MEMBER;
      case "stranger" -> STRANGER;
      default -> throw new IllegalArgumentException(who);
    };
  }

  /// Another of that role.
  private static long other(String target) {
    return switch (target) {
      case "owner" -> GroupFixture.OWNER;
      case "admin" -> OTHER_ADMIN;
      case "member" -> OTHER_MEMBER;
      case "stranger" -> STRANGER;
      default -> throw new IllegalArgumentException(target);
    };
  }
}
