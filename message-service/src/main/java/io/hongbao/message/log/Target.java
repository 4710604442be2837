package io.hongbao.message.log;

import org.jspecify.annotations.Nullable;

/// An entry that somebody wants to take back, or to do something else to.
///
/// @param content JSON, as stored
/// @param mentions as stored
/// @param edit how its text was replaced last
/// @param recall how it was taken back already
public record Target(
    long seq,
    long senderId,
    EntryType type,
    long sentAt,
    String content,
    @Nullable String mentions,
    @Nullable Edit edit,
    @Nullable Recall recall) {

  static Target of(TargetRow row) {
    Long recallSeq = row.recallSeq();
    Long recalledBy = row.recalledBy();
    Long editSeq = row.editSeq();
    Long editedAt = row.editedAt();
    return new Target(
        row.seq(),
        row.senderId(),
        row.type(),
        row.sentAt(),
        row.content(),
        row.mentions(),
        editSeq == null || editedAt == null ? null : new Edit(editSeq, editedAt, row.edits()),
        recallSeq == null || recalledBy == null ? null : new Recall(recallSeq, recalledBy));
  }

  public static Target of(Entry entry) {
    return new Target(
        entry.seq(),
        entry.senderId(),
        entry.type(),
        entry.sentAt(),
        entry.content(),
        entry.mentions(),
        null,
        null);
  }

  public Target recalled(Recall by) {
    return new Target(seq, senderId, type, sentAt, content, mentions, edit, by);
  }

  public Target edited(String newContent, @Nullable String newMentions, long editSeq, long at) {
    var by = new Edit(editSeq, at, edits() + 1);
    return new Target(seq, senderId, type, sentAt, newContent, newMentions, by, recall);
  }

  /// How often its text was replaced.
  public int edits() {
    return edit == null ? 0 : edit.number();
  }

  /// @param seq of the edit entry
  /// @param number 1 for the first edit of an entry
  public record Edit(long seq, long at, int number) {}

  /// @param seq of the recall entry
  public record Recall(long seq, long userId) {}

  /// As it is read.
  public record TargetRow(
      long seq,
      long senderId,
      EntryType type,
      long sentAt,
      String content,
      @Nullable String mentions,
      @Nullable Long editSeq,
      int edits,
      @Nullable Long editedAt,
      @Nullable Long recallSeq,
      @Nullable Long recalledBy) {}
}
