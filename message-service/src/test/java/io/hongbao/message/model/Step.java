package io.hongbao.message.model;

/// One request of one user, with arguments that mean something else for each operation.
///
/// @param actor the number of the user who asks
/// @param target the number of a user
/// @param other the number of another user, or the same
/// @param number a choice, or the `seq` of an entry
record Step(Op op, int actor, int target, int other, int number, boolean flag) {

  enum Op {
    SET_ROLE,
    TRANSFER,
    MUTE,
    UPDATE,
    INVITE,
    JOIN,
    JOIN_BY_CODE,
    INVITE_CODE,
    LEAVE,
    REMOVE,
    UNBAN,
    DECIDE,
    NICKNAME,
    DISSOLVE,
    SEND,
    RECALL,
    PIN,
    UNPIN,
    EDIT,
    REACT,
    GET,
    MEMBERS,
    REQUESTS,
    BANS,
    AUDIT,
    PINNED,
    HISTORY,
    WAIT
  }

  /// Whether it needs what was answered before, or looks at one moment.
  boolean standsAlone() {
    return switch (op) {
      case WAIT, DECIDE, JOIN_BY_CODE, GET, MEMBERS, REQUESTS, BANS, AUDIT, PINNED, HISTORY -> true;
      default -> false;
    };
  }

  Step at(int newNumber) {
    return new Step(op, actor, target, other, newNumber, flag);
  }

  Step by(int newActor) {
    return new Step(op, newActor, target, other, number, flag);
  }

  /// How long a `WAIT` is.
  long waitMs() {
    return switch (number % 8) {
      case 0 -> 150_000; // longer than the recall window
      case 1 -> 1_000_000; // longer than the edit window
      default -> 1_000;
    };
  }

  /// What a `SEND` or an `EDIT` says.
  String text() {
    return "text " + number % 3;
  }

  /// The rules, or whatever else, that an `UPDATE` changes, as JSON fields.
  String patch() {
    return switch (number % 14) {
      case 0 -> "\"name\":\"group\"";
      case 1 -> "\"name\":\"other\",\"announcement\":\"hear\"";
      case 2 -> "\"announcement\":\"\"";
      case 3, 4 -> "\"rules\":{\"joinPolicy\":\"open\"}";
      case 5, 6 -> "\"rules\":{\"joinPolicy\":\"approval\"}";
      case 7 -> "\"rules\":{\"joinPolicy\":\"invite_only\"}";
      case 8 -> "\"rules\":{\"invitePolicy\":\"" + (flag ? "admins" : "everyone") + "\"}";
      case 9 -> "\"rules\":{\"postPolicy\":\"" + (flag ? "admins" : "everyone") + "\"}";
      case 10 -> "\"rules\":{\"historyPolicy\":\"" + (flag ? "since_join" : "all") + "\"}";
      case 11 -> "\"rules\":{\"slowModeMs\":" + (flag ? 3_000 : 0) + "}";
      case 12 -> "\"rules\":{\"joinQuestion\":\"" + (flag ? "why?" : "") + "\"}";
      default -> "\"avatarMediaId\":\"77\"";
    };
  }

  /// Which emoji a `REACT` puts.
  String emoji() {
    return other % 2 == 0 ? "👍" : "❤️";
  }
}
