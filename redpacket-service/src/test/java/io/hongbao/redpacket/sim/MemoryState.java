package io.hongbao.redpacket.sim;

import io.hongbao.redpacket.ledger.Account;
import io.hongbao.redpacket.ledger.LedgerMapper.AccountRow;
import io.hongbao.redpacket.ledger.LedgerMapper.EntryRow;
import io.hongbao.redpacket.ledger.LedgerMapper.TransferRow;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.RecordRow;
import io.hongbao.redpacket.settle.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables in memory. Rows never change, so a copy of the maps is a snapshot.
final class MemoryState {

  final Map<Account, Long> accountIds = new HashMap<>();
  final Map<Long, AccountRow> accounts = new TreeMap<>();
  final Map<String, TransferRow> transfers = new HashMap<>();
  final List<EntryRow> entries = new ArrayList<>();
  final Map<Long, PacketRow> packets = new TreeMap<>();
  final Map<String, Long> packetKeys = new HashMap<>();
  final Map<Long, byte[]> hashes = new HashMap<>();
  final Map<Long, Map<Integer, Long>> shares = new HashMap<>();
  final Map<Long, Map<Long, RecordRow>> records = new HashMap<>();
  final Map<TaskKey, Task> tasks = new LinkedHashMap<>();

  record TaskKey(long packetId, Topic topic) {}

  record Task(boolean dead, int attempts, long nextAt) {}

  MemoryState copy() {
    var copy = new MemoryState();
    copy.accountIds.putAll(accountIds);
    copy.accounts.putAll(accounts);
    copy.transfers.putAll(transfers);
    copy.entries.addAll(entries);
    copy.packets.putAll(packets);
    copy.packetKeys.putAll(packetKeys);
    copy.hashes.putAll(hashes);
    shares.forEach((id, amounts) -> copy.shares.put(id, new TreeMap<>(amounts)));
    records.forEach((id, places) -> copy.records.put(id, new LinkedHashMap<>(places)));
    copy.tasks.putAll(tasks);
    return copy;
  }

  Map<Long, RecordRow> recordsOf(long packetId) {
    return records.computeIfAbsent(packetId, _ -> new LinkedHashMap<>());
  }

  PacketRow packet(long packetId) {
    PacketRow packet = packets.get(packetId);
    if (packet == null) {
      throw new AssertionError("no packet " + packetId);
    }
    return packet;
  }
}
