package io.hongbao.gateway.session;

import io.hongbao.common.config.Settings;
import java.time.Duration;

/// What holds for every session.
///
/// @param frameBytes the largest message a client may send
/// @param groupMembersMax told to clients
/// @param requestsInFlight unanswered requests from which on a session's socket is not read
public record SessionConfig(
    int frameBytes,
    int groupMembersMax,
    Duration openTimeout,
    Duration heartbeat,
    Duration slowTimeout,
    int requestsPerSecond,
    int requestsBurst,
    int requestsInFlight,
    MediaBytes mediaBytes) {

  /// The most that one medium may have, by kind; told to clients.
  public record MediaBytes(long image, long audio, long video, long file) {}

  public static SessionConfig of(Settings settings) {
    return new SessionConfig(
        settings.get(Settings.FRAME_BYTES),
        settings.get(Settings.GROUP_MEMBERS_MAX),
        settings.get(Settings.OPEN_TIMEOUT),
        settings.get(Settings.HEARTBEAT),
        settings.get(Settings.SLOW_TIMEOUT),
        settings.get(Settings.REQUESTS_PER_SECOND),
        settings.get(Settings.REQUESTS_BURST),
        settings.get(Settings.REQUESTS_IN_FLIGHT),
        new MediaBytes(
            settings.get(Settings.MEDIA_IMAGE_BYTES),
            settings.get(Settings.MEDIA_AUDIO_BYTES),
            settings.get(Settings.MEDIA_VIDEO_BYTES),
            settings.get(Settings.MEDIA_FILE_BYTES)));
  }

  /// How often sessions are looked at: fine enough for the shortest of the times.
  public Duration tick() {
    long shortestMs =
        Math.min(openTimeout.toMillis(), Math.min(heartbeat.toMillis(), slowTimeout.toMillis()));
    return Duration.ofMillis(Math.clamp(shortestMs / 8, 10, 500));
  }
}
