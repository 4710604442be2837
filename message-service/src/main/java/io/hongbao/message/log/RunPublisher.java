package io.hongbao.message.log;

import io.hongbao.common.contract.Delivery.LogRun;
import io.hongbao.common.contract.Delivery.UserSignal;
import io.hongbao.common.contract.MembershipChange;
import io.hongbao.common.contract.Push;
import io.hongbao.common.wire.Event;
import io.hongbao.message.group.Act;
import io.hongbao.message.group.AdminChange;
import io.hongbao.message.group.Change;
import io.hongbao.message.group.EntryChange;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.JoinRequest;
import io.hongbao.message.group.Membership;
import io.hongbao.message.group.MembershipEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells what a committed batch has made of a group: one run of events, or several where people
/// come and go in between, since a run's changes take effect before its events. Used by one thread.
final class RunPublisher {

  private final Push push;
  private final MembershipEvents membershipEvents;
  private final Tails tails;
  private final Doubts doubts;
  private final EventEncoder encoder = new EventEncoder();

  RunPublisher(Push push, MembershipEvents membershipEvents, Tails tails, Doubts doubts) {
    this.push = push;
    this.membershipEvents = membershipEvents;
    this.tails = tails;
    this.doubts = doubts;
  }

  Tails tails() {
    return tails;
  }

  Doubts doubts() {
    return doubts;
  }

  void publish(GroupDraft draft) {
    if (draft.isChanged()) {
      doubts.settle(draft);
    }
    if (!draft.entries().isEmpty()) {
      publishRuns(draft);
    }
    tellRequests(draft);
    tellDissolved(draft);
    tellUsers(draft.groupId(), draft.changes());
  }

  private void publishRuns(GroupDraft draft) {
    Map<Long, List<MembershipChange>> changes = membershipChanges(draft.changes());
    List<Entry> entries = draft.entries();
    int start = 0;
    for (int end = 1; end <= entries.size(); end++) {
      if (end == entries.size() || changes.containsKey(entries.get(end).seq())) {
        publish(draft, entries.subList(start, end), changes);
        start = end;
      }
    }
    tails.published(draft.groupId(), entries.getLast().seq(), System.nanoTime());
  }

  private void tellRequests(GroupDraft draft) {
    List<JoinRequest> requests = new ArrayList<>();
    for (Change change : draft.changes()) {
      if (change instanceof AdminChange.Requested(var request)) {
        requests.add(request);
      }
    }
    if (requests.isEmpty()) {
      return;
    }
    List<Long> leaders = leaders(draft.existing());
    for (JoinRequest request : requests) {
      var asked = new Asked(draft.groupId(), request.requestId());
      push.publish(new UserSignal(leaders, 0, new Event("join_request", asked).bytes()));
    }
  }

  private void tellDissolved(GroupDraft draft) {
    for (Change change : draft.changes()) {
      if (change instanceof AdminChange.Dissolved) {
        membershipEvents.removed(
            draft.groupId(), draft.existing().members().stream().map(Membership::userId).toList());
      }
    }
  }

  private static List<Long> leaders(GroupState group) {
    return group.members().stream()
        .filter(member -> Act.DECIDE.isAllowed(member.role(), group.rules()))
        .map(Membership::userId)
        .toList();
  }

  /// The data of the event `join_request`.
  private record Asked(long groupId, long requestId) {}

  private void publish(
      GroupDraft draft, List<Entry> entries, Map<Long, List<MembershipChange>> changes) {
    long firstSeq = entries.getFirst().seq();
    push.publish(
        new LogRun(
            draft.groupId(),
            firstSeq,
            entries.getLast().seq(),
            changes.getOrDefault(firstSeq, List.of()),
            encoder.encode(entries),
            draft.trace(),
            System.currentTimeMillis()));
  }

  /// Who joined or left, by the entry.
  private static Map<Long, List<MembershipChange>> membershipChanges(List<Change> changes) {
    var bySeq = new HashMap<Long, List<MembershipChange>>();
    for (Change change : changes) {
      MembershipChange membership = membershipChange(change);
      if (membership != null) {
        bySeq.computeIfAbsent(membership.seq(), _ -> new ArrayList<>()).add(membership);
      }
    }
    return bySeq;
  }

  private static @Nullable MembershipChange membershipChange(Change change) {
    return switch (change) {
      case Change.Joined(var member) ->
          new MembershipChange(member.userId(), member.joinSeq(), true);
      case Change.Left left -> new MembershipChange(left.userId(), left.seq(), false);
      case Change.Created _,
          Change.Met _,
          Change.Mentioned _,
          Change.MediaSent _,
          Change.Recalled _,
          Change.CodeMade _,
          Change.CodesRevoked _,
          AdminChange _,
          EntryChange _ ->
          null;
    };
  }

  private void tellUsers(long groupId, List<Change> changes) {
    var joined = new ArrayList<Long>();
    var left = new ArrayList<Long>();
    for (Change change : changes) {
      MembershipChange membership = membershipChange(change);
      if (membership != null) {
        (membership.member() ? joined : left).add(membership.userId());
        (membership.member() ? left : joined).remove(membership.userId());
      }
    }
    if (!joined.isEmpty()) {
      membershipEvents.joined(groupId, List.copyOf(joined));
    }
    if (!left.isEmpty()) {
      membershipEvents.removed(groupId, List.copyOf(left));
    }
  }
}
