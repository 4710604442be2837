package io.hongbao.message.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private record Gone(int removedBy, long mutedUntil) {}

  private static final class Request {
    final int user;
    final int inviter;
    final String message;
    final long createdAt;
    String state = "waiting";
    int decidedBy = -1;

    Request(int user, int inviter, String message, long createdAt) {
      this.user = user;
      this.inviter = inviter;
      this.message = message;
      this.createdAt = createdAt;
    }
  }

  private static final class Code {
    final long expiresAt;
    boolean revoked;

    Code(long expiresAt) {
      this.expiresAt = expiresAt;
    }
  }

  long now;
  final Map<String, String> rules = new LinkedHashMap<>();
  final Map<Integer, Member> members = new TreeMap<>();
  boolean dissolved;
  final PlainLog log;
  private final List<String> audit = new ArrayList<>();
  private final Map<String, Integer> lastActor = new TreeMap<>();
  private final Map<Integer, Gone> gone = new TreeMap<>();
  private final TreeSet<Integer> banned = new TreeSet<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();
  private String name = "group";
  private String announcement = "";
  private int owner;
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
      case INVITE -> invite(step.actor(), both(step));
      case JOIN -> join(step.actor(), step.flag() ? "because" : " ", false);
      case JOIN_BY_CODE -> joinByCode(step);
      case INVITE_CODE -> code(step.actor(), step.number() % 3);
      case LEAVE -> leave(step.actor());
      case REMOVE -> remove(step.actor(), both(step), step.flag());
      case UNBAN -> unban(step.actor(), step.target());
      case DECIDE -> decide(step.actor(), step.number(), step.flag());
      case NICKNAME -> nickname(step.actor(), step.flag() ? "nick" : "");
      case DISSOLVE -> dissolve(step.actor());
      case GET -> get(step.actor());
      case MEMBERS -> asMember(step.actor(), this::memberList);
      case REQUESTS -> asLeader(step.actor(), this::requestList);
      case BANS -> asLeader(step.actor(), this::banList);
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
      case DECIDE -> step.at(step.number() % (requests.size() + 1));
      case JOIN_BY_CODE -> step.at(step.number() % (codes.size() + 1));
      case RECALL, EDIT, REACT, PIN, UNPIN -> log.aimed(step);
      default -> step;
    };
  }

  private static List<Integer> both(Step step) {
    return Stream.of(step.target(), step.other()).distinct().toList();
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

  private boolean did(int actor, String action, int target) {
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

  private boolean mayTouch(int actor, Member target) {
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

  private String invite(int actor, List<Integer> users) {
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!leads(actor) && is("invitePolicy", "admins")) {
      return "forbidden";
    }
    boolean proposes = !leads(actor) && is("joinPolicy", "approval");
    var taken = new ArrayList<Integer>();
    String first = "";
    for (int user : users) {
      String error = "";
      if (member(user) != null) {
        error = "already_member";
      } else if (banned.contains(user)) {
        error = "banned";
      } else if (!proposes && members.size() + taken.size() >= MEMBERS_MAX) {
        error = "group_full";
      }
      if (error.isEmpty()) {
        taken.add(user);
      } else if (first.isEmpty()) {
        first = error;
      }
    }
    if (taken.isEmpty()) {
      return first;
    }
    if (!proposes) {
      comeIn(actor, taken, "members_joined");
      return "{\"joinedIds\":" + ids(taken) + ",\"pendingIds\":[]}";
    }
    for (int user : taken) {
      if (waiting(user) == null) {
        requests.add(new Request(user, actor, "", now));
      }
    }
    return "{\"joinedIds\":[],\"pendingIds\":" + ids(taken) + "}";
  }

  private @Nullable Request waiting(int user) {
    return requests.stream()
        .filter(request -> request.user == user && request.state.equals("waiting"))
        .findFirst()
        .orElse(null);
  }

  private void comeIn(int actor, List<Integer> users, String action) {
    log.system(actor, "members_joined", ",\"targetIds\":" + ids(users));
    for (int user : users) {
      Gone before = gone.get(user);
      long muted = before != null && before.mutedUntil > now ? before.mutedUntil : 0;
      members.put(user, new Member("member", log.size(), now, muted));
      Request waiting = waiting(user);
      if (waiting != null) {
        waiting.state = "accepted";
        waiting.decidedBy = actor;
      }
    }
    audit(actor, action, users, "", "");
  }

  private String join(int actor, String message, boolean byCode) {
    if (member(actor) != null) {
      return joined("joined");
    }
    if (dissolved) {
      return "group_dissolved";
    }
    if (banned.contains(actor)) {
      return "banned";
    }
    return byCode ? "" : joinUnder(actor, message, "forbidden");
  }

  private String joinUnder(int actor, String message, String inviteOnly) {
    if (is("joinPolicy", "approval")) {
      if (waiting(actor) == null) {
        if (!is("joinQuestion", "") && message.isBlank()) {
          return "invalid_argument message";
        }
        requests.add(new Request(actor, -1, message, now));
      }
      return joined("pending");
    }
    if (is("joinPolicy", "invite_only") && !inviteOnly.isEmpty()) {
      return inviteOnly;
    }
    if (members.size() >= MEMBERS_MAX) {
      return "group_full";
    }
    comeIn(actor, List.of(actor), "members_joined");
    return joined("joined");
  }

  private String joinByCode(Step step) {
    if (step.number() >= codes.size()) {
      return "not_found";
    }
    String message = step.flag() ? "because" : " ";
    String settled = join(step.actor(), message, true);
    if (!settled.isEmpty()) {
      return settled;
    }
    Code code = codes.get(step.number());
    return code.revoked || code.expiresAt <= now
        ? "code_expired"
        : joinUnder(step.actor(), message, "");
  }

  private String code(int actor, int wish) {
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!leads(actor)) {
      return "forbidden";
    }
    if (wish == 0) {
      long longest =
          codes.stream()
              .filter(code -> !code.revoked && code.expiresAt > now)
              .mapToLong(code -> code.expiresAt)
              .max()
              .orElse(0);
      if (longest > 0) {
        return "{\"expiresAt\":" + longest + "}";
      }
    }
    if (wish == 2) {
      codes.forEach(code -> code.revoked = true);
    }
    var code = new Code(now + (wish == 1 ? 2_000 : 7 * 24 * 3_600_000L));
    codes.add(code);
    String answer = "{\"expiresAt\":" + code.expiresAt + "}";
    audit(actor, wish == 2 ? "invite_codes_revoked" : "invite_code_made", List.of(), "", answer);
    return answer;
  }

  private String leave(int actor) {
    Member member = member(actor);
    if (member == null) {
      return gone.containsKey(actor) ? "{}" : "not_a_member";
    }
    if (dissolved) {
      return "group_dissolved";
    }
    if (actor == owner) {
      return "owner_must_transfer";
    }
    members.remove(actor);
    gone.put(actor, new Gone(-1, member.mutedUntil));
    log.system(actor, "member_left", "");
    audit(actor, "member_left", List.of(actor), "", "");
    return "{}";
  }

  private String remove(int actor, List<Integer> users, boolean ban) {
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (users.contains(actor)) {
      return "invalid_argument userIds";
    }
    List<Integer> removed = users.stream().filter(members::containsKey).toList();
    if (!leads(actor) || removed.stream().anyMatch(user -> !mayTouch(actor, in(user)))) {
      return "forbidden";
    }
    List<Integer> newlyBanned =
        ban ? users.stream().filter(user -> !banned.contains(user)).toList() : List.of();
    for (int user : removed) {
      gone.put(user, new Gone(actor, in(user).mutedUntil));
      members.remove(user);
    }
    for (int user : newlyBanned) {
      banned.add(user);
      Request waiting = waiting(user);
      if (waiting != null) {
        waiting.state = "declined";
        waiting.decidedBy = actor;
      }
    }
    if (!removed.isEmpty()) {
      log.system(actor, "members_removed", ",\"targetIds\":" + ids(removed));
    }
    if (!newlyBanned.isEmpty()) {
      audit(actor, "members_banned", newlyBanned, "", "{\"removedIds\":" + ids(removed) + "}");
    } else if (!removed.isEmpty()) {
      audit(actor, "members_removed", removed, "", "");
    }
    List<Integer> byActor =
        users.stream()
            .filter(user -> gone.containsKey(user) && gone.get(user).removedBy == actor)
            .toList();
    return "{\"removedIds\":" + ids(byActor) + "}";
  }

  private String unban(int actor, int target) {
    if (!banned.contains(target) && (leads(actor) || did(actor, "member_unbanned", target))) {
      return "{}";
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!leads(actor)) {
      return "forbidden";
    }
    banned.remove(target);
    audit(actor, "member_unbanned", List.of(target), "", "");
    return "{}";
  }

  private String decide(int actor, int number, boolean accept) {
    if (number >= requests.size()) {
      return "not_found";
    }
    Request request = requests.get(number);
    String wished = accept ? "accepted" : "declined";
    if (request.state.equals(wished) && (leads(actor) || request.decidedBy == actor)) {
      return "{}";
    }
    String no = mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!leads(actor)) {
      return "forbidden";
    }
    if (!request.state.equals("waiting")) {
      return "conflict";
    }
    if (!accept) {
      request.state = "declined";
      request.decidedBy = actor;
      audit(actor, "request_declined", List.of(request.user), "", "");
      return "{}";
    }
    if (members.size() >= MEMBERS_MAX) {
      return "group_full";
    }
    comeIn(actor, List.of(request.user), "request_accepted");
    return "{}";
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

  private String joined(String status) {
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

  private static String user(int number) {
    return "{\"userId\":\"u%d\",\"username\":\"useru%d\",\"nickname\":\"nicku%d\"}"
        .formatted(number, number, number);
  }

  private String requestList() {
    return requests.stream()
        .filter(request -> request.state.equals("waiting"))
        .map(
            request ->
                "\n{\"user\":%s%s%s,\"createdAt\":%d}"
                    .formatted(
                        user(request.user),
                        request.inviter < 0 ? "" : ",\"inviterId\":\"u" + request.inviter + "\"",
                        request.message.isEmpty() ? "" : ",\"message\":\"" + request.message + "\"",
                        request.createdAt))
        .collect(Collectors.joining());
  }

  private String banList() {
    return banned.stream().map(user -> "\n" + user(user)).collect(Collectors.joining());
  }
}
