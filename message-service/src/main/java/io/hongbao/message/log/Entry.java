package io.hongbao.message.log;

import org.jspecify.annotations.Nullable;

/// An entry as it is appended to a group's log: a new row of `message`.
///
/// @param senderId who wrote it or, of a system entry, acted
/// @param counted countable entries up to this one, itself included
/// @param content JSON as it is sent out
/// @param mentions a JSON list of user ids or `"all"` as it is sent out
/// @param clientDigest of the request's content, where there is a client key
/// @param sentAt never before that of the entry before
public record Entry(
    long groupId,
    long seq,
    long messageId,
    long senderId,
    EntryType type,
    long counted,
    String content,
    @Nullable String mentions,
    @Nullable Long replyToSeq,
    @Nullable String clientMessageId,
    @Nullable Long clientDigest,
    long sentAt) {

  /// An entry that the server writes: it counts as nothing, and has no client key.
  public static Entry uncounted(
      long groupId,
      long seq,
      long messageId,
      long senderId,
      EntryType type,
      long counted,
      String content,
      long sentAt) {
    return new Entry(
        groupId, seq, messageId, senderId, type, counted, content, null, null, null, null, sentAt);
  }

  /// The same entry, with those mentioned in it.
  public Entry mentioning(Mentions others) {
    return new Entry(
        groupId,
        seq,
        messageId,
        senderId,
        type,
        counted,
        content,
        others.json(),
        replyToSeq,
        clientMessageId,
        clientDigest,
        sentAt);
  }

  /// The same entry, one behind another of the same command.
  public Entry behind(Entry before) {
    return new Entry(
        groupId,
        before.seq + 1,
        messageId,
        senderId,
        type,
        before.counted + (countable() ? 1 : 0),
        content,
        mentions,
        replyToSeq,
        clientMessageId,
        clientDigest,
        sentAt);
  }

  public boolean countable() {
    return type.countable();
  }
}
