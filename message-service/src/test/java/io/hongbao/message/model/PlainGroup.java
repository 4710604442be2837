package io.hongbao.message.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the protocol says of a group and its members, in memory and one request after the other.
///
/// Answers are JSON as [RealGroup] tells it.
final class PlainGroup {

  static final int MEMBERS_MAX = 4;

  static final class Member {
    String role;
    final int joinSeq;
    final long joinedAt;
    long mutedUntil;
    String nickname = "";

    Member(String role, int joinSeq, long joinedAt, long mutedUntil) {
      this.role = role;
      this.joinSeq = joinSeq;
      this.joinedAt = joinedAt;
      this.mutedUntil = mutedUntil;
    }
  }

  long now;
  final Map<String, String> rules = new LinkedHashMap<>();
  final Map<Integer, Member> members = new TreeMap<>();
  boolean dissolved;
  final PlainLog log;
  private final PlainDoor door = new PlainDoor(this);
  private final List<String> audit = new ArrayList<>();
  private final Map<String, Integer> lastActor = new TreeMap<>();
  private String name = "group";
  private String announcement = "";
  int owner;
  private int previousOwner = -1;

  PlainGroup() {
    rules.put("joinPolicy", "invite_only");
    rules.put("invitePolicy", "everyone");
    rules.put("postPolicy", "everyone");
    rules.put("historyPolicy", "all");
    rules.put("slowModeMs", "0");
    rules.put("joinQuestion", "");
    log = new PlainLog(this);
    log.system(0, "group_created", ",\"name\":\"group\"");
    log.system(0, "members_joined", ",\"targetIds\":[\"u1\",\"u2\"]");
    members.put(0, new Member("owner", 1, 0, 0));
    members.put(1, new Member("member", 2, 0, 0));
    members.put(2, new Member("member", 2, 0, 0));
    audit(0, "group_created", List.of(1, 2), "", "{\"name\":\"group\"}");
  }

  String answer(int index, Step step) {
    return switch (step.op()) {
      case SET_ROLE -> setRole(step.actor(), step.target(), step.flag() ? "admin" : "member");
      case TRANSFER -> transfer(step.actor(), step.target());
      case MUTE ->
          mute(step.actor(), step.target(), step.number() % 4 == 0 ? 0 : step.number() * 1_000L);
      case UPDATE -> update(step);
      case INVITE, JOIN, JOIN_BY_CODE, INVITE_CODE, LEAVE, REMOVE, UNBAN, DECIDE ->
          door.answer(step);
      case NICKNAME -> nickname(step.actor(), step.flag() ? "nick" : "");
      case DISSOLVE -> dissolve(step.actor());
      case GET -> get(step.actor());
      case MEMBERS -> asMember(step.actor(), this::memberList);
      case REQUESTS -> asLeader(step.actor(), door::requestList);
      case BANS -> asLeader(step.actor(), door::banList);
      case AUDIT ->
          asLeader(step.actor(), () -> audit.reversed().stream().collect(Collectors.joining()));
      case SEND, RECALL, PIN, UNPIN, EDIT, REACT, PINNED, HISTORY -> log.answer(index, step);
      case WAIT -> {
        now += step.waitMs();
        yield "";
      }
    };
  }

  /// The step with its number made the place of something that is there, mostly.
  Step aimed(Step step) {
    return switch (step.op()) {
      case DECIDE, JOIN_BY_CODE -> door.aimed(step);
      case RECALL, EDIT, REACT, PIN, UNPIN -> log.aimed(step);
      default -> step;
    };
  }

  @Nullable Member member(int user) {
    return members.get(user);
  }

  /// Of who is a member.
  Member in(int user) {
    return Objects.requireNonNull(members.get(user));
  }

  boolean leads(int user) {
    Member member = member(user);
    return member != null && !member.role.equals("member");
  }

  boolean is(String rule, String value) {
    return value.equals(rules.get(rule));
  }

  String asMember(int actor, Supplier<String> answer) {
    return member(actor) == null ? "not_a_member" : answer.get();
  }

  private String asLeader(int actor, Supplier<String> answer) {
    return asMember(actor, () -> leads(actor) ? answer.get() : "forbidden");
  }

  /// What stands before every change, or an empty text.
  String mayChange(int actor) {
    if (member(actor) == null) {
      return "not_a_member";
    }
    return dissolved ? "group_dissolved" : "";
  }

  boolean did(int actor, String action, int target) {
    return Integer.valueOf(actor).equals(lastActor.get(action + target));
  }

  void audit(int actor, String action, List<Integer> targets, String before, String after) {
    audit.add(
        "\n{\"actorId\":\"u%d\",\"action\":\"%s\",\"targetIds\":%s%s%s,\"at\":%d}"
            .formatted(
                actor,
                action,
                ids(targets),
                before.isEmpty() ? "" : ",\"before\":" + before,
                after.isEmpty() ? "" : ",\"after\":" + after,
                now));
    if (targets.size() == 1) {
      lastActor.put(action + targets.getFirst(), actor);
    }
  }

  static String ids(List<Integer> users) {
    return users.stream()
        .map(user -> "\"u" + user + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String setRole(int actor, int target, String role) {
    Member to = member(target);
    boolean isOwner = actor == owner && member(actor) != null;
    if (to != null && to.role.equals(role) && (isOwner || did(actor, "role_changed", target))) {
      return "{}";
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (actor == target && leads(actor) && (isOwner || role.equals("member"))) {
      return "invalid_argument userId";
    }
    if (!isOwner) {
      return "forbidden";
    }
    if (to == null) {
      return "not_found";
    }
    log.system(
        actor, "role_changed", ",\"targetIds\":[\"u%d\"],\"role\":\"%s\"".formatted(target, role));
    audit(
        actor,
        "role_changed",
        List.of(target),
        "{\"role\":\"" + to.role + "\"}",
        "{\"role\":\"" + role + "\"}");
    to.role = role;
    return "{}";
  }

  private String transfer(int actor, int target) {
    if (target == owner && (actor == owner || actor == previousOwner)) {
      return groupAnswer();
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (actor != owner) {
      return "forbidden";
    }
    Member to = member(target);
    if (to == null) {
      return "not_found";
    }
    in(actor).role = "admin";
    to.role = "owner";
    to.mutedUntil = 0;
    previousOwner = owner;
    owner = target;
    log.system(actor, "owner_changed", ",\"targetIds\":[\"u" + target + "\"]");
    audit(
        actor,
        "owner_changed",
        List.of(target),
        "{\"ownerId\":\"u" + actor + "\"}",
        "{\"ownerId\":\"u" + target + "\"}");
    return groupAnswer();
  }

  boolean mayTouch(int actor, Member target) {
    return target.role.equals("member")
        ? leads(actor)
        : actor == owner && !target.role.equals("owner");
  }

  private String mute(int actor, int target, long until) {
    Member to = member(target);
    if (to != null && target != actor) {
      boolean holds = to.mutedUntil == until || (until == 0 && to.mutedUntil <= now);
      boolean mayRepeat = member(actor) != null && mayTouch(actor, to);
      if (holds && (mayRepeat || did(actor, "member_muted", target))) {
        return "{}";
      }
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (actor == target) {
      return "invalid_argument userId";
    }
    if (!leads(actor)) {
      return "forbidden";
    }
    if (to == null) {
      return "not_found";
    }
    if (!mayTouch(actor, to)) {
      return "forbidden";
    }
    if (until != 0 && until <= now) {
      return "invalid_argument untilAt";
    }
    log.system(
        actor, "member_muted", ",\"targetIds\":[\"u%d\"],\"untilAt\":%d".formatted(target, until));
    audit(
        actor,
        "member_muted",
        List.of(target),
        "{\"untilAt\":" + (to.mutedUntil > now ? to.mutedUntil : 0) + "}",
        "{\"untilAt\":" + until + "}");
    to.mutedUntil = until;
    return "{}";
  }

  private String update(Step step) {
    String no = mayChange(step.actor());
    if (!no.isEmpty()) {
      return no;
    }
    if (!leads(step.actor())) {
      return "forbidden";
    }
    String patch = step.patch();
    if (patch.contains("avatarMediaId")) {
      return "not_found";
    }
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    String newName = value(patch, "name", name);
    String newAnnouncement = value(patch, "announcement", announcement);
    if (!newName.equals(name)) {
      before.add("\"name\":\"" + name + "\"");
      after.add("\"name\":\"" + newName + "\"");
    }
    if (!newAnnouncement.equals(announcement)) {
      before.add("\"announcement\":\"" + announcement + "\"");
      after.add("\"announcement\":\"" + newAnnouncement + "\"");
    }
    for (String rule : List.copyOf(rules.keySet())) {
      String old = rules.getOrDefault(rule, "");
      String wished = value(patch, rule, old);
      if (!wished.equals(old)) {
        before.add("\"rules\":{" + ruleJson(rule, old) + "}");
        after.add("\"rules\":{" + ruleJson(rule, wished) + "}");
        rules.put(rule, wished);
      }
    }
    name = newName;
    announcement = newAnnouncement;
    if (!after.isEmpty()) {
      log.system(step.actor(), "group_updated", "," + String.join(",", after));
      audit(
          step.actor(),
          "group_updated",
          List.of(),
          "{" + String.join(",", before) + "}",
          "{" + String.join(",", after) + "}");
    }
    return groupAnswer();
  }

  private static String value(String patch, String field, String otherwise) {
    int at = patch.indexOf("\"" + field + "\":");
    if (at < 0) {
      return otherwise;
    }
    String rest = patch.substring(at + field.length() + 3);
    return rest.startsWith("\"")
        ? rest.substring(1, rest.indexOf('"', 1))
        : rest.replaceAll("\\D.*", "");
  }

  private static String ruleJson(String rule, String value) {
    return "\"" + rule + "\":" + (rule.equals("slowModeMs") ? value : "\"" + value + "\"");
  }

  private String nickname(int actor, String nickname) {
    String no = mayChange(actor);
    if (no.isEmpty()) {
      in(actor).nickname = nickname;
      return "{}";
    }
    return no;
  }

  private String dissolve(int actor) {
    if (dissolved && actor == owner) {
      return "{}";
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (actor != owner) {
      return "forbidden";
    }
    dissolved = true;
    log.system(actor, "group_dissolved", "");
    audit(actor, "group_dissolved", List.of(), "", "");
    return "{}";
  }

  private String get(int actor) {
    return member(actor) == null && is("joinPolicy", "invite_only")
        ? "not_a_member"
        : groupAnswer();
  }

  private String groupAnswer() {
    return "{" + group() + "}";
  }

  String joined(String status) {
    return "{\"status\":\"" + status + "\"," + group() + "}";
  }

  private String group() {
    String shown =
        rules.entrySet().stream()
            .filter(rule -> !rule.getValue().isEmpty() && !rule.getValue().equals("0"))
            .map(rule -> ruleJson(rule.getKey(), rule.getValue()))
            .collect(Collectors.joining(","));
    return "\"group\":{\"name\":\"%s\",\"ownerId\":\"u%d\",\"memberCount\":%d,\"maxMembers\":%d,"
            .formatted(name, owner, members.size(), MEMBERS_MAX)
        + "\"announcement\":\"%s\",\"rules\":{%s},\"lastSeq\":%d,\"createdAt\":0}"
            .formatted(announcement, shown, log.size());
  }

  private String memberList() {
    return members.entrySet().stream()
        .map(
            entry -> {
              Member member = entry.getValue();
              return "\n{\"userId\":\"u%d\",\"nickname\":\"nicku%d\"%s,\"role\":\"%s\",\"joinedAt\":%d%s}"
                  .formatted(
                      entry.getKey(),
                      entry.getKey(),
                      member.nickname.isEmpty() ? "" : ",\"groupNickname\":\"nick\"",
                      member.role,
                      member.joinedAt,
                      member.mutedUntil > now ? ",\"mutedUntilAt\":" + member.mutedUntil : "");
            })
        .collect(Collectors.joining());
  }

  static String user(int number) {
    return "{\"userId\":\"u%d\",\"username\":\"useru%d\",\"nickname\":\"nicku%d\"}"
        .formatted(number, number, number);
  }
}
