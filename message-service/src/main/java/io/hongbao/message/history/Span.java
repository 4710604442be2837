package io.hongbao.message.history;

/// A stretch of one group's log, both ends included; empty where the first is behind the last.
record Span(long groupId, long firstSeq, long lastSeq) {

  boolean isEmpty() {
    return firstSeq > lastSeq;
  }

  Span until(long seq) {
    return new Span(groupId, firstSeq, Math.min(lastSeq, seq));
  }
}
