package io.hongbao.message;

import io.hongbao.common.config.Settings;
import java.time.Duration;

/// What the message service is told at its start.
///
/// @param tokenSecret the key that signs tokens
/// @param passwordHash how new passwords are hashed, as `auth.password-hash` has it
/// @param faceTtl how long a face-to-face room lives
/// @param lanes how many writers of group logs
/// @param readersMax how many reads run at once; with the lanes they fill the pool
public record MessageConfig(
    String tokenSecret,
    Duration tokenTtl,
    String passwordHash,
    int addressPerMinute,
    int groupMembersMax,
    Duration faceTtl,
    Duration recallWindow,
    Duration editWindow,
    int lanes,
    int readersMax) {

  public static MessageConfig of(Settings settings) {
    int lanes = settings.get(Settings.LANES);
    int lanesOrHalf =
        lanes > 0 ? lanes : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new MessageConfig(
        settings.get(Settings.TOKEN_SECRET),
        settings.get(Settings.TOKEN_TTL),
        settings.get(Settings.PASSWORD_HASH),
        settings.get(Settings.ADDRESS_PER_MINUTE),
        settings.get(Settings.GROUP_MEMBERS_MAX),
        settings.get(Settings.FACE_TTL),
        settings.get(Settings.RECALL_WINDOW),
        settings.get(Settings.EDIT_WINDOW),
        lanesOrHalf,
        Math.max(1, settings.get(Settings.MYSQL_CONNECTIONS) - lanesOrHalf - 1));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "MessageConfig[lanes=" + lanes + ", readersMax=" + readersMax + "]";
  }
}
