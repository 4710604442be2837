package io.hongbao.message.conversation;

/// What a user has not read of a group.
///
/// @param readSeq the larger of the read mark and the user's own last counting entry
/// @param unread 0 to [#CAP]
/// @param mentioned whether an unread entry that is not recalled mentions the user
record Tally(long readSeq, int unread, boolean mentioned) {

  /// Unread is counted up to here; so many mean "more than 99".
  static final int CAP = 100;

  static Tally nothingUnread(long readSeq) {
    return new Tally(readSeq, 0, false);
  }

  /// What people see: empty, the number, or `99+`.
  String unreadText() {
    if (unread == 0) {
      return "";
    }
    return unread < CAP ? Integer.toString(unread) : "99+";
  }
}
