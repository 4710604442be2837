package io.hongbao.message.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the protocol says of who comes into a group and who goes: invitations, requests, codes,
/// removals, bans.
final class PlainDoor {

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

  private final PlainGroup group;
  private final Map<Integer, Gone> gone = new TreeMap<>();
  private final TreeSet<Integer> banned = new TreeSet<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Code> codes = new ArrayList<>();

  PlainDoor(PlainGroup group) {
    this.group = group;
  }

  String answer(Step step) {
    int actor = step.actor();
    return switch (step.op()) {
      case INVITE -> invite(actor, both(step));
      case JOIN -> join(actor, step.flag() ? "because" : " ", false);
      case JOIN_BY_CODE -> joinByCode(step);
      case INVITE_CODE -> code(actor, step.number() % 3);
      case LEAVE -> leave(actor);
      case REMOVE -> remove(actor, both(step), step.flag());
      case UNBAN -> unban(actor, step.target());
      case DECIDE -> decide(actor, step.number(), step.flag());
      default -> throw new IllegalArgumentException(step.op().name());
    };
  }

  /// The step with its number made that of a request or a code that is there, mostly.
  Step aimed(Step step) {
    int count = step.op() == Step.Op.DECIDE ? requests.size() : codes.size();
    return step.at(step.number() % (count + 1));
  }

  private static List<Integer> both(Step step) {
    return Stream.of(step.target(), step.other()).distinct().toList();
  }

  private String invite(int actor, List<Integer> users) {
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!group.leads(actor) && group.is("invitePolicy", "admins")) {
      return "forbidden";
    }
    boolean proposes = !group.leads(actor) && group.is("joinPolicy", "approval");
    var taken = new ArrayList<Integer>();
    String first = "";
    for (int user : users) {
      String error = "";
      if (group.member(user) != null) {
        error = "already_member";
      } else if (banned.contains(user)) {
        error = "banned";
      } else if (!proposes && group.members.size() + taken.size() >= PlainGroup.MEMBERS_MAX) {
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
      return "{\"joinedIds\":" + PlainGroup.ids(taken) + ",\"pendingIds\":[]}";
    }
    for (int user : taken) {
      if (waiting(user) == null) {
        requests.add(new Request(user, actor, "", group.now));
      }
    }
    return "{\"joinedIds\":[],\"pendingIds\":" + PlainGroup.ids(taken) + "}";
  }

  private @Nullable Request waiting(int user) {
    return requests.stream()
        .filter(request -> request.user == user && request.state.equals("waiting"))
        .findFirst()
        .orElse(null);
  }

  private void comeIn(int actor, List<Integer> users, String action) {
    group.log.system(actor, "members_joined", ",\"targetIds\":" + PlainGroup.ids(users));
    for (int user : users) {
      Gone before = gone.get(user);
      long muted = before != null && before.mutedUntil > group.now ? before.mutedUntil : 0;
      group.members.put(user, new PlainGroup.Member("member", group.log.size(), group.now, muted));
      Request waiting = waiting(user);
      if (waiting != null) {
        waiting.state = "accepted";
        waiting.decidedBy = actor;
      }
    }
    group.audit(actor, action, users, "", "");
  }

  private String join(int actor, String message, boolean byCode) {
    if (group.member(actor) != null) {
      return group.joined("joined");
    }
    if (group.dissolved) {
      return "group_dissolved";
    }
    if (banned.contains(actor)) {
      return "banned";
    }
    return byCode ? "" : joinUnder(actor, message, "forbidden");
  }

  private String joinUnder(int actor, String message, String inviteOnly) {
    if (group.is("joinPolicy", "approval")) {
      if (waiting(actor) == null) {
        if (!group.is("joinQuestion", "") && message.isBlank()) {
          return "invalid_argument message";
        }
        requests.add(new Request(actor, -1, message, group.now));
      }
      return group.joined("pending");
    }
    if (group.is("joinPolicy", "invite_only") && !inviteOnly.isEmpty()) {
      return inviteOnly;
    }
    if (group.members.size() >= PlainGroup.MEMBERS_MAX) {
      return "group_full";
    }
    comeIn(actor, List.of(actor), "members_joined");
    return group.joined("joined");
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
    return code.revoked || code.expiresAt <= group.now
        ? "code_expired"
        : joinUnder(step.actor(), message, "");
  }

  private String code(int actor, int wish) {
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!group.leads(actor)) {
      return "forbidden";
    }
    if (wish == 0) {
      long longest =
          codes.stream()
              .filter(code -> !code.revoked && code.expiresAt > group.now)
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
    var code = new Code(group.now + (wish == 1 ? 2_000 : 7 * 24 * 3_600_000L));
    codes.add(code);
    String answer = "{\"expiresAt\":" + code.expiresAt + "}";
    group.audit(
        actor, wish == 2 ? "invite_codes_revoked" : "invite_code_made", List.of(), "", answer);
    return answer;
  }

  private String leave(int actor) {
    PlainGroup.Member member = group.member(actor);
    if (member == null) {
      return gone.containsKey(actor) ? "{}" : "not_a_member";
    }
    if (group.dissolved) {
      return "group_dissolved";
    }
    if (actor == group.owner) {
      return "owner_must_transfer";
    }
    group.members.remove(actor);
    gone.put(actor, new Gone(-1, member.mutedUntil));
    group.log.system(actor, "member_left", "");
    group.audit(actor, "member_left", List.of(actor), "", "");
    return "{}";
  }

  private String remove(int actor, List<Integer> users, boolean ban) {
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (users.contains(actor)) {
      return "invalid_argument userIds";
    }
    List<Integer> removed = users.stream().filter(group.members::containsKey).toList();
    if (!group.leads(actor)
        || removed.stream().anyMatch(user -> !group.mayTouch(actor, group.in(user)))) {
      return "forbidden";
    }
    List<Integer> newlyBanned =
        ban ? users.stream().filter(user -> !banned.contains(user)).toList() : List.of();
    for (int user : removed) {
      gone.put(user, new Gone(actor, group.in(user).mutedUntil));
      group.members.remove(user);
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
      group.log.system(actor, "members_removed", ",\"targetIds\":" + PlainGroup.ids(removed));
    }
    if (!newlyBanned.isEmpty()) {
      group.audit(
          actor,
          "members_banned",
          newlyBanned,
          "",
          "{\"removedIds\":" + PlainGroup.ids(removed) + "}");
    } else if (!removed.isEmpty()) {
      group.audit(actor, "members_removed", removed, "", "");
    }
    List<Integer> byActor =
        users.stream()
            .filter(user -> gone.containsKey(user) && gone.get(user).removedBy == actor)
            .toList();
    return "{\"removedIds\":" + PlainGroup.ids(byActor) + "}";
  }

  private String unban(int actor, int target) {
    if (!banned.contains(target)
        && (group.leads(actor) || group.did(actor, "member_unbanned", target))) {
      return "{}";
    }
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!group.leads(actor)) {
      return "forbidden";
    }
    banned.remove(target);
    group.audit(actor, "member_unbanned", List.of(target), "", "");
    return "{}";
  }

  private String decide(int actor, int number, boolean accept) {
    if (number >= requests.size()) {
      return "not_found";
    }
    Request request = requests.get(number);
    String wished = accept ? "accepted" : "declined";
    if (request.state.equals(wished) && (group.leads(actor) || request.decidedBy == actor)) {
      return "{}";
    }
    String no = group.mayChange(actor);
    if (!no.isEmpty()) {
      return no;
    }
    if (!group.leads(actor)) {
      return "forbidden";
    }
    if (!request.state.equals("waiting")) {
      return "conflict";
    }
    if (!accept) {
      request.state = "declined";
      request.decidedBy = actor;
      group.audit(actor, "request_declined", List.of(request.user), "", "");
      return "{}";
    }
    if (group.members.size() >= PlainGroup.MEMBERS_MAX) {
      return "group_full";
    }
    comeIn(actor, List.of(request.user), "request_accepted");
    return "{}";
  }

  String requestList() {
    return requests.stream()
        .filter(request -> request.state.equals("waiting"))
        .map(
            request ->
                "\n{\"user\":%s%s%s,\"createdAt\":%d}"
                    .formatted(
                        PlainGroup.user(request.user),
                        request.inviter < 0 ? "" : ",\"inviterId\":\"u" + request.inviter + "\"",
                        request.message.isEmpty() ? "" : ",\"message\":\"" + request.message + "\"",
                        request.createdAt))
        .collect(Collectors.joining());
  }

  String banList() {
    return banned.stream().map(user -> "\n" + PlainGroup.user(user)).collect(Collectors.joining());
  }
}
