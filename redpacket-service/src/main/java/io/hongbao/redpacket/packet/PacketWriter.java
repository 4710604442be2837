package io.hongbao.redpacket.packet;

import io.hongbao.redpacket.packet.PacketCommand.Expire;
import io.hongbao.redpacket.packet.PacketCommand.Grab;
import io.hongbao.redpacket.packet.PacketCommand.Load;
import io.hongbao.redpacket.packet.PacketCommand.Open;
import io.hongbao.redpacket.packet.ShareRule.SplitTime;
import io.hongbao.redpacket.settle.Topic;
import io.hongbao.redpacket.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides a batch of one packet's commands in one transaction.
///
/// The packet's row is locked first, and under that lock everything is read that decides: so two
/// processes that hold the same packet are put in order by the database, and routing a packet to
/// one of them only makes it fast. Deciding the same batch again finds the records of the first
/// time and gives the same answers: that is what makes an unknown commit harmless.
public final class PacketWriter {

  private final RandomGenerator random;

  /// @param random of cryptographic quality, safe for any number of threads
  public PacketWriter(RandomGenerator random) {
    this.random = random;
  }

  Batch decide(Tables tables, long packetId, List<PacketCommand> commands, Standing standing) {
    PacketRow row = tables.packets().lock(packetId);
    return row == null
        ? Batch.ofNothing(commands.size())
        : new Turn(tables, row, commands).decide(commands, standing);
  }

  /// One transaction.
  private final class Turn {
    private final Tables tables;
    private final long now;
    private final PacketRow row;
    private final PacketDraft packet;
    private final Map<Long, RecordRow> records = new HashMap<>();
    private final Set<Long> fresh = new LinkedHashSet<>();
    private final Set<Long> openers = new LinkedHashSet<>();
    private boolean lapsed;
    private boolean loads;

    Turn(Tables tables, PacketRow row, List<PacketCommand> commands) {
      this.tables = tables;
      this.row = row;
      this.now = tables.now();
      this.packet = new PacketDraft(row);
      if (row.taken() > 0) {
        for (RecordRow record : tables.packets().records(row.packetId(), users(commands))) {
          records.put(record.userId(), record);
        }
      }
    }

    Batch decide(List<PacketCommand> commands, Standing standing) {
      if (packet.isDue(now) && !row.isFrozen()) {
        expire();
      }
      var verdicts = new ArrayList<Verdict>(commands.size());
      for (PacketCommand command : commands) {
        verdicts.add(decide(command, standing));
      }
      boolean tasks = write();
      boolean over = packet.isFull() || !packet.state().isLiving();
      boolean tellsTakers = over && (lapsed || asksForPlaces(commands));
      List<Long> takers = tellsTakers || loads ? takers() : null;
      return new Batch(
          verdicts,
          row,
          packet.progress(),
          List.copyOf(openers),
          tellsTakers ? takers : null,
          loads && takers != null ? load(takers) : null,
          tasks);
    }

    private Verdict decide(PacketCommand command, Standing standing) {
      return switch (command) {
        case Grab grab -> {
          Verdict settled =
              ClaimRules.grab(packet, records.get(grab.userId()), grab.userId(), standing);
          yield settled != null ? settled : take(grab.userId());
        }
        case Open open -> {
          RecordRow record = records.get(open.userId());
          Verdict settled = ClaimRules.open(packet, record);
          yield settled != null || record == null ? orNotFound(settled) : open(record);
        }
        case Load _ -> {
          if (packet.state() == PacketState.ACTIVE) {
            loads = true;
          }
          yield new Verdict.Carried();
        }
        case Expire _ -> new Verdict.Carried(); // is done before everything else
      };
    }

    private Verdict take(long userId) {
      int place = packet.take();
      records.put(userId, RecordRow.grabbed(row.packetId(), userId, place, now));
      fresh.add(userId);
      return new Verdict.Answered(ClaimReply.GRABBED);
    }

    private Verdict open(RecordRow record) {
      long amountFen =
          row.split() == SplitTime.PRESET
              ? tables.packets().share(row.packetId(), record.seq())
              : row.rule().draw().next(packet.unopenedFen(), packet.unopened(), random);
      packet.open(record.userId(), amountFen, now);
      records.put(record.userId(), record.opened(amountFen, now));
      openers.add(record.userId());
      return new Verdict.Answered(ClaimReply.opened(amountFen, now));
    }

    private void expire() {
      long openedAmount = tables.packets().openedAmount(row.packetId());
      if (openedAmount != row.openedAmount()) {
        throw new IllegalStateException(
            "opened %d fen, not %d packetId=%d"
                .formatted(openedAmount, row.openedAmount(), row.packetId()));
      }
      packet.expire();
      lapsed = true;
      records.replaceAll(
          (_, record) ->
              record.state() == RecordRow.RecordState.GRABBED ? record.lapsed() : record);
    }

    /// Whether something is to be done now that was not before.
    private boolean write() {
      if (loads) {
        packet.load();
      }
      if (!lapsed && !loads && fresh.isEmpty() && openers.isEmpty()) {
        return false;
      }
      if (lapsed) {
        tables.packets().lapse(row.packetId());
        tables.outbox().put(row.packetId(), Topic.REFUND, now);
      }
      for (long userId : fresh) {
        tables.packets().insertRecord(record(userId));
      }
      for (long userId : openers) {
        if (!fresh.contains(userId)) {
          tables.packets().open(record(userId));
        }
      }
      tables.packets().update(packet.progress());
      if (!openers.isEmpty()) {
        tables.outbox().put(row.packetId(), Topic.SETTLE, now);
      }
      if (packet.state() == PacketState.FINISHED) {
        tables.outbox().put(row.packetId(), Topic.FINISHED, now);
      }
      return lapsed || !openers.isEmpty();
    }

    private List<Long> takers() {
      return row.taken() == 0 ? List.copyOf(fresh) : tables.packets().takers(row.packetId());
    }

    private Batch.Load load(List<Long> takers) {
      return new Batch.Load(packet.loadEpoch(), row.shareCount() - packet.taken(), takers);
    }

    private RecordRow record(long userId) {
      RecordRow record = records.get(userId);
      if (record == null) {
        throw new IllegalStateException("no record userId=" + userId);
      }
      return record;
    }
  }

  private static boolean asksForPlaces(List<PacketCommand> commands) {
    return commands.stream().anyMatch(Grab.class::isInstance);
  }

  private static Verdict orNotFound(@Nullable Verdict verdict) {
    return verdict == null ? ClaimRules.NOT_FOUND : verdict;
  }

  /// The users that the commands are about, as a JSON list.
  private static String users(List<PacketCommand> commands) {
    var ids = new LinkedHashSet<Long>();
    for (PacketCommand command : commands) {
      switch (command) {
        case Grab grab -> ids.add(grab.userId());
        case Open open -> ids.add(open.userId());
        case Load _, Expire _ -> {
          // are about nobody
        }
      }
    }
    return ids.toString();
  }
}
