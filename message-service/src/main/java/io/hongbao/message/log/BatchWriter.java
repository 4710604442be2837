package io.hongbao.message.log;

import io.hongbao.common.sql.Database;
import io.hongbao.common.sql.Transaction;
import io.hongbao.message.group.GroupCommand;
import io.hongbao.message.group.GroupRules;
import io.hongbao.message.group.GroupState;
import io.hongbao.message.group.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides a batch of commands, over several groups, and commits what comes of it, in one
/// transaction. Used by one lane's thread.
///
/// *Optimistic*: decided on the states held in memory, which the write of the groups' rows proves
/// (each moves from the version that the state has), and on the unique key, which shows a repeated
/// client key. Where a version has moved or a key is there, nothing is committed and the batch is
/// to be written once more, *locked*: the groups' rows are locked first, in id order, states that
/// have moved are read again, and all client keys are looked up. Nobody else can then come between.
///
/// A refusal, too, is only as good as the state: where a group has no write to prove it, its
/// version is read. A message that is refused may be the repeat of one that was not: its key is
/// looked up before it is refused.
final class BatchWriter {

  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private final Database database;
  private final GroupRules rules;
  private final Clock clock;
  private final StateCache states;
  private final RecentKeys recent = new RecentKeys();
  private List<GroupDraft> uncertain = List.of();

  BatchWriter(Database database, GroupRules rules, Clock clock, StateCache states) {
    this.database = database;
    this.rules = rules;
    this.clock = clock;
    this.states = states;
  }

  /// The verdicts in the order of the commands, and the groups in id order.
  record Written(List<Decision> decisions, Collection<GroupDraft> drafts) {}

  /// What became of one command; `Failed` where deciding it ran into a bug.
  sealed interface Decision {
    record Decided(Verdict verdict) implements Decision {}

    record Failed() implements Decision {}
  }

  /// @throws StaleStateException where the batch must be written again, locked
  /// @throws RuntimeException of the access layer; what was committed is then unknown
  Written write(List<Pending> batch, boolean locked) {
    uncertain = List.of();
    Written written = database.transactBatched(tx -> write(tx, batch, locked));
    keep(written);
    return written;
  }

  /// What the last [#write] would have committed, where it has failed and nobody knows whether it
  /// did.
  List<GroupDraft> uncertain() {
    return uncertain;
  }

  /// Forgets the states of the batch's groups, where nobody knows what was committed.
  void forget(List<Pending> batch) {
    batch.forEach(pending -> states.evict(pending.groupId()));
  }

  private Written write(Transaction tx, List<Pending> batch, boolean locked) {
    var groupIds = new TreeSet<Long>();
    batch.forEach(pending -> groupIds.add(pending.groupId()));
    Map<Long, GroupDraft> drafts = new StateReader(tx, states).read(groupIds, locked);
    var facts = new FactsReader(tx, recent, clock.millis());
    batch.forEach(pending -> facts.read(pending.command(), draft(drafts, pending)));
    facts.readLastPosts(drafts, batch);
    if (locked) {
      var _ = facts.readEarlier(drafts, sends(batch));
    }
    List<Decision> decisions = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      decisions.add(decide(draft(drafts, pending), pending));
    }
    if (!locked) {
      lookUpRefused(batch, decisions, drafts, facts);
      prove(tx, drafts);
    }
    new DraftStore(tx).store(drafts.values());
    uncertain = drafts.values().stream().filter(GroupDraft::isChanged).toList();
    return new Written(decisions, drafts.values());
  }

  private static GroupDraft draft(Map<Long, GroupDraft> drafts, Pending pending) {
    GroupDraft draft = drafts.get(pending.groupId());
    if (draft == null) {
      throw new IllegalStateException("no draft groupId=" + pending.groupId());
    }
    return draft;
  }

  private static List<GroupCommand.Send> sends(List<Pending> batch) {
    var sends = new ArrayList<GroupCommand.Send>();
    for (Pending pending : batch) {
      if (pending.command() instanceof GroupCommand.Send send) {
        sends.add(send);
      }
    }
    return sends;
  }

  private Decision decide(GroupDraft draft, Pending pending) {
    Verdict verdict;
    try {
      verdict = draft.decide(rules, pending.command(), clock.millis());
    } catch (RuntimeException e) {
      log.error(
          "bug command={} groupId={} trace={}",
          pending.name(),
          draft.groupId(),
          pending.trace(),
          e);
      return new Decision.Failed();
    }
    draft.take(verdict, pending.trace());
    return new Decision.Decided(verdict);
  }

  /// Answers the refused messages that repeat one which was not. The others stay refused by what
  /// held when it was their turn.
  private void lookUpRefused(
      List<Pending> batch,
      List<Decision> decisions,
      Map<Long, GroupDraft> drafts,
      FactsReader facts) {
    var refused = new LinkedHashMap<Integer, GroupCommand.Send>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).command() instanceof GroupCommand.Send send
          && decisions.get(i) instanceof Decision.Decided(Verdict.Refused _)) {
        refused.put(i, send);
      }
    }
    Set<MessageKey> repeated = facts.readEarlier(drafts, refused.values());
    refused.forEach(
        (i, send) -> {
          if (repeated.contains(send.key())) {
            decisions.set(i, decide(draft(drafts, batch.get(i)), batch.get(i)));
          }
        });
  }

  private static void prove(Transaction tx, Map<Long, GroupDraft> drafts) {
    Map<Long, Long> versions = new LinkedHashMap<>();
    for (GroupDraft draft : drafts.values()) {
      if (draft.needsProof()) {
        versions.put(draft.groupId(), draft.existing().version());
      }
    }
    if (!versions.isEmpty() && !StateReader.versions(tx, versions.keySet()).equals(versions)) {
      throw new StaleStateException();
    }
  }

  private void keep(Written written) {
    for (GroupDraft draft : written.drafts) {
      GroupState state = draft.state();
      if (state != null) {
        state.settle();
        states.put(state);
      }
      draft.entries().forEach(recent::add);
    }
  }
}
