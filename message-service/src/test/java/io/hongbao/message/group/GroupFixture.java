package io.hongbao.message.group;

import io.hongbao.common.error.Refusal;
import io.hongbao.message.group.Rules.Allowed;
import io.hongbao.message.group.Rules.HistoryPolicy;
import io.hongbao.message.group.Rules.JoinPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A group in the middle of its life, to try the rules on: an owner, an admin, a member and one who
/// joined late, by entry [#LATE_JOIN_SEQ] of [#LAST_SEQ]; all but the owner may be muted.
final class GroupFixture {

  static final long GROUP = 7_000;
  static final long OWNER = 1;
  static final long ADMIN = 2;
  static final long MEMBER = 3;
  static final long LATE = 4;
  static final long STRANGER = 5;
  static final long OTHER_STRANGER = 6;
  static final long UNKNOWN = 99;

  static final long LAST_SEQ = 10;
  static final long COUNTED = 6;
  static final long LATE_JOIN_SEQ = 8;
  static final long NOW = 1_000_000;
  static final Duration RECALL_WINDOW = Duration.ofMinutes(2);
  static final Duration EDIT_WINDOW = Duration.ofMinutes(15);

  static final GroupRules RULES = new GroupRules(RECALL_WINDOW, EDIT_WINDOW);

  private Rules rules = Rules.DEFAULT;
  private int maxMembers = 500;
  private long mutedUntil;
  private long lastActivityAt = NOW - 1_000;
  private @Nullable Long dissolvedAt;
  private long previousOwnerId;
  private int waiting;
  private int pins;
  private Role roleOfLate = Role.MEMBER;
  private final GroupFacts facts = new GroupFacts();
  private final List<Membership> members = new ArrayList<>();

  GroupFixture() {
    for (long user = OWNER; user <= OTHER_STRANGER; user++) {
      facts.addUser(user);
    }
  }

  GroupFixture dissolved(boolean dissolved) {
    dissolvedAt = dissolved ? Long.valueOf(NOW - 500) : null;
    return this;
  }

  GroupFixture maxMembers(int count) {
    maxMembers = count;
    return this;
  }

  /// Everybody, the owner too, as if the row said so.
  GroupFixture mutedUntil(long until) {
    mutedUntil = until;
    return this;
  }

  GroupFixture lastActivityAt(long at) {
    lastActivityAt = at;
    return this;
  }

  GroupFixture joinPolicy(JoinPolicy policy) {
    rules = new RulesPatch(policy, null, null, null, null, null).applyTo(rules);
    return this;
  }

  GroupFixture invitePolicy(Allowed policy) {
    rules = new RulesPatch(null, policy, null, null, null, null).applyTo(rules);
    return this;
  }

  GroupFixture postPolicy(Allowed policy) {
    rules = new RulesPatch(null, null, policy, null, null, null).applyTo(rules);
    return this;
  }

  GroupFixture historyPolicy(HistoryPolicy policy) {
    rules = new RulesPatch(null, null, null, policy, null, null).applyTo(rules);
    return this;
  }

  GroupFixture slowModeMs(int ms) {
    rules = new RulesPatch(null, null, null, null, ms, null).applyTo(rules);
    return this;
  }

  GroupFixture joinQuestion(String question) {
    rules = new RulesPatch(null, null, null, null, null, question).applyTo(rules);
    return this;
  }

  GroupFixture previousOwner(long userId) {
    previousOwnerId = userId;
    return this;
  }

  GroupFixture waiting(int count) {
    waiting = count;
    return this;
  }

  GroupFixture pins(int count) {
    pins = count;
    return this;
  }

  GroupFixture lateIsAdmin() {
    roleOfLate = Role.ADMIN;
    return this;
  }

  GroupFixture with(Membership member) {
    members.add(member);
    return this;
  }

  GroupFacts facts() {
    return facts;
  }

  GroupState state() {
    var row =
        new GroupRow(
            GROUP,
            "group",
            "",
            null,
            OWNER,
            4,
            maxMembers,
            rules.joinPolicy(),
            rules.invitePolicy(),
            rules.postPolicy(),
            rules.historyPolicy(),
            20,
            LAST_SEQ,
            COUNTED,
            LAST_SEQ - 1,
            LAST_SEQ - 1,
            lastActivityAt,
            1_000,
            dissolvedAt,
            rules.slowModeMs(),
            rules.joinQuestion(),
            previousOwnerId,
            waiting,
            pins);
    var all = new ArrayList<>(members);
    all.add(member(OWNER, Role.OWNER, 1));
    all.add(member(ADMIN, Role.ADMIN, 2));
    all.add(member(MEMBER, Role.MEMBER, 2));
    all.add(member(LATE, roleOfLate, LATE_JOIN_SEQ));
    return new GroupState(row, all);
  }

  private Membership member(long userId, Role role, long joinSeq) {
    return new Membership(userId, role, joinSeq, 1_000, mutedUntil, null);
  }

  Verdict decide(GroupCommand command) {
    return RULES.decide(state(), facts, command, NOW);
  }

  static Origin by(long userId) {
    return new Origin(GROUP, userId, 555);
  }

  /// The user of a name in a table.
  static long user(String name) {
    return switch (name) {
      case "owner" -> OWNER;
      case "admin" -> ADMIN;
      case "member" -> MEMBER;
      case "late" -> LATE;
      case "stranger" -> STRANGER;
      case "other" -> OTHER_STRANGER;
      case "unknown" -> UNKNOWN;
      default -> throw new IllegalArgumentException(name);
    };
  }

  static List<Long> users(String names) {
    return names.isEmpty()
        ? List.of()
        : List.of(names.split(" ")).stream().map(GroupFixture::user).toList();
  }

  /// A verdict as tables write it: `done`, `repeat`, or the refusal's code with field, `untilAt`
  /// and `retryAfterMs` where it has them.
  static String outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> "done";
      case Verdict.Repeat _ -> "repeat";
      case Verdict.Refused(Refusal refusal) -> {
        var words = new ArrayList<String>();
        words.add(refusal.code().wireName());
        if (refusal.field() != null) {
          words.add(refusal.field());
        }
        if (refusal.untilAt() != null) {
          words.add("until=" + refusal.untilAt());
        }
        if (refusal.retryAfterMs() != null) {
          words.add("retry=" + refusal.retryAfterMs());
        }
        yield String.join(" ", words);
      }
    };
  }

  static Verdict.Done done(Verdict verdict) {
    if (verdict instanceof Verdict.Done done) {
      return done;
    }
    throw new AssertionError("not done: " + verdict);
  }

  /// What is changed, but for the audit.
  static List<Change> changes(Verdict.Done done) {
    return done.changes().stream()
        .filter(change -> !(change instanceof AdminChange.Audited))
        .toList();
  }

  /// The audit's line.
  static AuditRecord audited(Verdict.Done done) {
    return done.changes().stream()
        .filter(AdminChange.Audited.class::isInstance)
        .map(change -> ((AdminChange.Audited) change).record())
        .reduce(
            (one, another) -> {
              throw new AssertionError("audited twice: " + one + another);
            })
        .orElseThrow(() -> new AssertionError("not audited"));
  }

  static <E extends Enum<E>> E word(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
