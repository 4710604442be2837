package io.hongbao.gateway.session;

import com.fasterxml.jackson.databind.util.RawValue;
import io.hongbao.common.contract.Identity.Authenticated;
import io.hongbao.common.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What `session.open` answers.
///
/// @param user the `User` object as the identity gave it
/// @param heartbeatMs the time between the server's pings
record OpenReply(
    long sessionId,
    String node,
    RawValue user,
    long serverAt,
    long expiresAt,
    long heartbeatMs,
    List<String> features,
    Limits limits) {

  /// @param requestsPerSecond the rate, not the burst
  record Limits(
      int frameBytes,
      int textCharacters,
      int groupMembers,
      int historyPage,
      int requestsPerSecond,
      long imageBytes,
      long audioBytes,
      long videoBytes,
      long fileBytes) {

    static Limits of(SessionConfig config) {
      return new Limits(
          config.frameBytes(),
          5_000,
          config.groupMembersMax(),
          Fields.PAGE_MAX,
          config.requestsPerSecond(),
          config.mediaBytes().image(),
          config.mediaBytes().audio(),
          config.mediaBytes().video(),
          config.mediaBytes().file());
    }
  }

  static OpenReply of(Sessions sessions, long sessionId, Authenticated who) {
    SessionConfig config = sessions.config();
    return new OpenReply(
        sessionId,
        sessions.node(),
        new RawValue(new String(who.user(), StandardCharsets.UTF_8)),
        sessions.clock().millis(),
        who.expiresAt(),
        config.heartbeat().toMillis(),
        sessions.routes().features(),
        Limits.of(config));
  }
}
