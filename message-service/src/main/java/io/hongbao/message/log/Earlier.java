package io.hongbao.message.log;

/// What a client's key led to the first time.
///
/// @param digest of that request's content: another content under the same key is a conflict
public record Earlier(long messageId, long seq, long sentAt, long digest) {

  public static Earlier of(Entry entry) {
    Long digest = entry.clientDigest();
    return new Earlier(entry.messageId(), entry.seq(), entry.sentAt(), digest == null ? 0 : digest);
  }
}
