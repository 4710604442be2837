package io.hongbao.redpacket.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hongbao.redpacket.packet.PacketMapper;
import io.hongbao.redpacket.packet.PacketRow;
import io.hongbao.redpacket.packet.RecordRow;
import io.hongbao.redpacket.packet.RecordRow.RecordState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The packets' tables in memory, with their keys and checks.
record MemoryPackets(MemoryState state) implements PacketMapper {

  @Override
  public @Nullable PacketRow lock(long packetId) {
    return state.packets.get(packetId);
  }

  @Override
  public @Nullable KeyRow byKey(long senderId, long groupId, byte[] key) {
    Long packetId = state.packetKeys.get(keyOf(senderId, groupId, key));
    return packetId == null
        ? null
        : new KeyRow(packetId, Objects.requireNonNull(state.hashes.get(packetId)));
  }

  @Override
  public void insert(PacketRow row, byte[] key, byte[] hash) {
    assertThat(state.packets.put(row.packetId(), row)).as("packet_id").isNull();
    assertThat(state.packetKeys.put(keyOf(row.senderId(), row.groupId(), key), row.packetId()))
        .as("client_packet")
        .isNull();
    state.hashes.put(row.packetId(), hash);
  }

  @Override
  public void insertShare(long packetId, int seq, long amount) {
    assertThat(amount).as("share_min").isPositive();
    Map<Integer, Long> shares = state.shares.computeIfAbsent(packetId, _ -> new TreeMap<>());
    assertThat(shares.put(seq, amount)).as("share key").isNull();
  }

  @Override
  public long share(long packetId, int seq) {
    return Objects.requireNonNull(
        Objects.requireNonNull(state.shares.get(packetId)).get(seq), "no such share");
  }

  @Override
  public void update(Progress to) {
    PacketRow row = state.packet(to.packetId());
    assertThat(to.taken()).as("packet_taken").isBetween(0, row.shareCount());
    assertThat(to.opened()).as("packet_opened").isBetween(0, to.taken());
    assertThat(to.settled()).as("packet_settled").isBetween(0, to.opened());
    assertThat(to.openedAmount() + to.refundAmount())
        .as("packet_money")
        .isLessThanOrEqualTo(row.totalAmount());
    state.packets.put(row.packetId(), moved(row, to));
  }

  private static PacketRow moved(PacketRow row, Progress to) {
    return new PacketRow(
        row.packetId(),
        row.senderId(),
        row.groupId(),
        row.kind(),
        row.split(),
        row.strategy(),
        row.shareMax(),
        row.recipientId(),
        row.greeting(),
        row.totalAmount(),
        row.shareCount(),
        to.taken(),
        to.opened(),
        to.settled(),
        to.openedAmount(),
        to.refundAmount(),
        to.bestUser(),
        to.bestAmount(),
        to.state(),
        to.loadEpoch(),
        row.messageId(),
        to.entrySeq(),
        row.createdAt(),
        row.expireAt(),
        to.finishedAt(),
        to.finishedBy(),
        row.frozenAt());
  }

  @Override
  public void forgetKey(long packetId) {
    state.packetKeys.values().removeIf(id -> id == packetId);
  }

  @Override
  public List<RecordRow> records(long packetId, String userIds) {
    List<Long> asked =
        Arrays.stream(userIds.substring(1, userIds.length() - 1).split(",", -1))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .map(Long::valueOf)
            .toList();
    return state.recordsOf(packetId).values().stream()
        .filter(record -> asked.contains(record.userId()))
        .toList();
  }

  @Override
  public void insertRecord(RecordRow row) {
    Map<Long, RecordRow> records = state.recordsOf(row.packetId());
    assertThat(records.values()).as("place").noneMatch(it -> it.seq() == row.seq());
    assertThat(records.put(row.userId(), row)).as("record key").isNull();
  }

  @Override
  public void open(RecordRow row) {
    replace(row, RecordState.GRABBED);
  }

  @Override
  public List<RecordRow> unsettled(long packetId) {
    return state.recordsOf(packetId).values().stream()
        .filter(record -> record.state() == RecordState.OPENED)
        .sorted(Comparator.comparingInt(RecordRow::seq))
        .toList();
  }

  @Override
  public void settle(long packetId, long userId, long settledAt) {
    RecordRow row = Objects.requireNonNull(state.recordsOf(packetId).get(userId));
    replace(
        new RecordRow(
            packetId,
            userId,
            row.seq(),
            row.amount(),
            RecordState.SETTLED,
            row.grabbedAt(),
            row.openedAt(),
            settledAt),
        RecordState.OPENED);
  }

  @Override
  public void lapse(long packetId) {
    state
        .recordsOf(packetId)
        .replaceAll(
            (_, row) ->
                row.state() == RecordState.GRABBED
                    ? new RecordRow(
                        packetId,
                        row.userId(),
                        row.seq(),
                        null,
                        RecordState.LAPSED,
                        row.grabbedAt(),
                        null,
                        null)
                    : row);
  }

  @Override
  public long openedAmount(long packetId) {
    return state.recordsOf(packetId).values().stream()
        .mapToLong(row -> row.amount() == null ? 0 : row.amount())
        .sum();
  }

  @Override
  public List<Long> takers(long packetId) {
    return List.copyOf(state.recordsOf(packetId).keySet());
  }

  @Override
  public List<Long> due(long now, int limit) {
    return state.packets.values().stream()
        .filter(row -> row.isDue(now))
        .map(PacketRow::packetId)
        .limit(limit)
        .toList();
  }

  private void replace(RecordRow row, RecordState from) {
    RecordRow before = state.recordsOf(row.packetId()).put(row.userId(), row);
    assertThat(before).isNotNull();
    assertThat(Objects.requireNonNull(before).state()).isEqualTo(from);
  }

  private static String keyOf(long senderId, long groupId, byte[] key) {
    return senderId + "/" + groupId + "/" + new String(key, StandardCharsets.UTF_8);
  }
}
