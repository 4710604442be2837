package io.hongbao.message.group;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of [GroupFacts] that administration asks for: who is kept out, who waits to be let in,
/// and who made somebody what they are.
public final class AdminFacts {

  private final Set<Long> banned = new HashSet<>();
  private final Map<Long, JoinRequest> requests = new HashMap<>();
  private final Map<Long, JoinRequest> waiting = new HashMap<>();
  private final Map<Deed, Long> lastActors = new HashMap<>();

  /// What somebody may have done to one user.
  private record Deed(AuditAction action, long targetId) {}

  public void addBan(long userId) {
    banned.add(userId);
  }

  public void addRequest(JoinRequest request) {
    requests.put(request.requestId(), request);
    if (!request.isDecided()) {
      waiting.put(request.userId(), request);
    }
  }

  public void addLastActor(AuditAction action, long targetId, long actorId) {
    lastActors.put(new Deed(action, targetId), actorId);
  }

  void apply(AdminChange change) {
    switch (change) {
      case AdminChange.Banned ban -> banned.add(ban.userId());
      case AdminChange.Unbanned unbanned -> banned.remove(unbanned.userId());
      case AdminChange.Requested requested -> addRequest(requested.request());
      case AdminChange.RequestDecided decided -> {
        requests.put(decided.request().requestId(), decided.request());
        waiting.remove(decided.request().userId());
      }
      case AdminChange.Audited(AuditRecord done) -> {
        if (done.targetId() != 0) {
          addLastActor(done.action(), done.targetId(), done.actorId());
        }
      }
      case AdminChange.SettingsChanged _,
          AdminChange.OwnerChanged _,
          AdminChange.Dissolved _,
          AdminChange.MemberChanged _,
          AdminChange.MuteEnds _ -> {
        // the state has it, or nobody asks for it
      }
    }
  }

  boolean isBanned(long userId) {
    return banned.contains(userId);
  }

  @Nullable JoinRequest request(long requestId) {
    return requests.get(requestId);
  }

  /// The undecided request of the user.
  @Nullable JoinRequest waiting(long userId) {
    return waiting.get(userId);
  }

  /// Whether it was this actor who did that to the user last.
  boolean didLast(long actorId, AuditAction action, long targetId) {
    Long last = lastActors.get(new Deed(action, targetId));
    return last != null && last == actorId;
  }
}
