package io.hongbao.benchmarks;

import org.jspecify.annotations.Nullable;

/// How the load generator talks to one kind of server: the path a connection asks for, its first
/// frame, and the frame of a message.
interface Speaker {

  /// The request path of a member's connection.
  String path(int group, int member);

  /// What a connection says first, and waits for one reply to; null where the handshake is enough.
  @Nullable String opening(int group, int member);

  /// A text message of a member to its group.
  ///
  /// @param number unique in the run
  String message(int group, int member, long number, String text);

  /// A read mark of a member, which [LoadGenerator#markReads] sends once a second for each; null
  /// where the server has none.
  default @Nullable String readMark(int group, int member, long number) {
    return null;
  }

  /// A bare server knows a group from the path and nothing else.
  static Speaker bare() {
    return new Speaker() {
      @Override
      public String path(int group, int member) {
        return "/ws?" + group;
      }

      @Override
      public @Nullable String opening(int group, int member) {
        return null;
      }

      @Override
      public String message(int group, int member, long number, String text) {
        return "{\"id\":"
            + number
            + ",\"op\":\"message.send\",\"data\":{\"groupId\":\"912121168775892992\","
            + "\"clientMessageId\":\"m"
            + number
            + "\",\"type\":\"text\",\"content\":{\"text\":\""
            + text
            + "\"}}}";
      }
    };
  }
}
