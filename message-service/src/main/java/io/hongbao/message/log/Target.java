package io.hongbao.message.log;

import org.jspecify.annotations.Nullable;

/// An entry that somebody wants to take back.
///
/// @param mentions as stored
/// @param recall how it was taken back already
public record Target(
    long seq,
    long senderId,
    EntryType type,
    long sentAt,
    @Nullable String mentions,
    @Nullable Recall recall) {

  static Target of(TargetRow row) {
    Long recallSeq = row.recallSeq();
    Long recalledBy = row.recalledBy();
    return new Target(
        row.seq(),
        row.senderId(),
        row.type(),
        row.sentAt(),
        row.mentions(),
        recallSeq == null || recalledBy == null ? null : new Recall(recallSeq, recalledBy));
  }

  public static Target of(Entry entry) {
    return new Target(
        entry.seq(), entry.senderId(), entry.type(), entry.sentAt(), entry.mentions(), null);
  }

  public Target recalled(Recall by) {
    return new Target(seq, senderId, type, sentAt, mentions, by);
  }

  /// @param seq of the recall entry
  public record Recall(long seq, long userId) {}

  /// As it is read.
  public record TargetRow(
      long seq,
      long senderId,
      EntryType type,
      long sentAt,
      @Nullable String mentions,
      @Nullable Long recallSeq,
      @Nullable Long recalledBy) {}
}
