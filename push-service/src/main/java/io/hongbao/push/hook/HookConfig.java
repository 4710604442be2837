package io.hongbao.push.hook;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the offline hook posts, and with what key.
///
/// @param delay over how long what one user misses in one group is collected
/// @param settleTime after the start, in which gateways come back and say who is connected: nobody
///   is told before
public record HookConfig(URI url, byte[] secret, Duration delay, Duration settleTime) {

  private static final Duration SETTLE_TIME = Duration.ofSeconds(15);

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String SECRET_PREFIX = "whsec_";

  /// What Standard Webhooks asks of a key.
  private static final int SECRET_BYTES_MIN = 24;

  private static final int SECRET_BYTES_MAX = 64;

  /// @return null where there is no hook
  /// @throws InvalidSettingException where the URL or the secret is none
  public static @Nullable HookConfig of(Settings settings) {
    String url = settings.get(Settings.HOOK_URL);
    return url.isEmpty()
        ? null
        : new HookConfig(
            url(url),
            secret(settings.require(Settings.HOOK_SECRET, "the hook's posts are signed")),
            settings.get(Settings.HOOK_DELAY),
            SETTLE_TIME);
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw wrong(Settings.HOOK_URL, "must be an http or https URL");
  }

  private static byte[] secret(String text) {
    try {
      if (text.startsWith(SECRET_PREFIX)) {
        byte[] secret = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
        if (secret.length >= SECRET_BYTES_MIN && secret.length <= SECRET_BYTES_MAX) {
          return secret;
        }
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw wrong(
        Settings.HOOK_SECRET,
        "must be whsec_ and the Base64 of %d to %d random bytes"
            .formatted(SECRET_BYTES_MIN, SECRET_BYTES_MAX));
  }

  private static InvalidSettingException wrong(Setting<?> setting, String why) {
    return new InvalidSettingException(setting.name(), why);
  }
}
