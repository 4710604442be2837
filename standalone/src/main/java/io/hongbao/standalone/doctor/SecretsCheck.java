package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys and passwords: given, long enough, nobody's default, and each used for one thing.
final class SecretsCheck {

  private static final String SUBJECT = "secrets";
  private static final int PASSWORD_CHARACTERS_MIN = 12;
  private static final int DIFFERENT_CHARACTERS_MIN = 8;

  private SecretsCheck() {}

  static List<Finding> of(Settings settings) {
    var given = new LinkedHashMap<String, String>();
    var found = new ArrayList<Finding>();
    for (Setting<String> secret : wanted(settings)) {
      String value = settings.get(secret);
      if (value.isEmpty()) {
        found.add(
            Finding.failure(SUBJECT, secret.name() + " is not given: make a long random one"));
      } else {
        given.put(secret.name(), value);
      }
    }
    cluster(settings, given, found);
    String redisUrl = settings.get(Settings.REDIS_URL);
    if (!redisUrl.isEmpty()) {
      String password = redisPassword(redisUrl);
      if (password.isEmpty()) {
        found.add(
            Finding.warning(
                SUBJECT,
                "redis.url has no password: who reaches Redis can change what is in it; requirepass"));
      } else {
        given.put("the password in redis.url", password);
      }
    }
    given.forEach((name, value) -> requireHardToGuess(name, value, found));
    requireDifferent(given, found);
    if (found.isEmpty()) {
      found.add(Finding.ok(SUBJECT, "%d are given, long and different".formatted(given.size())));
    }
    return found;
  }

  private static List<Setting<String>> wanted(Settings settings) {
    var wanted = new ArrayList<Setting<String>>(List.of(Settings.TOKEN_SECRET));
    if (!settings.get(Settings.MYSQL_URL).isEmpty()) {
      wanted.add(Settings.MYSQL_PASSWORD);
    }
    if (!settings.get(Settings.S3_URL).isEmpty()) {
      wanted.add(Settings.S3_SECRET_KEY);
    }
    if (!settings.get(Settings.HOOK_URL).isEmpty()) {
      wanted.add(Settings.HOOK_SECRET);
    }
    return wanted;
  }

  /// Where there are other nodes.
  private static void cluster(Settings settings, Map<String, String> given, List<Finding> found) {
    String secret = settings.get(Settings.CLUSTER_SECRET);
    if (!secret.isEmpty()) {
      given.put(Settings.CLUSTER_SECRET.name(), secret);
    } else if (!settings.get(Settings.CLUSTER_MESSAGE).isEmpty()) {
      found.add(
          Finding.warning(
              SUBJECT,
              "cluster.secret is not given: who reaches a node's port is taken for a node"));
    }
  }

  private static void requireHardToGuess(String name, String value, List<Finding> found) {
    if (value.length() < PASSWORD_CHARACTERS_MIN
        || value.chars().distinct().count() < DIFFERENT_CHARACTERS_MIN) {
      found.add(Finding.failure(SUBJECT, name + " is easy to guess: make a long random one"));
    }
  }

  private static void requireDifferent(Map<String, String> given, List<Finding> found) {
    var owners = new LinkedHashMap<String, String>();
    given.forEach(
        (name, value) -> {
          String other = owners.putIfAbsent(value, name);
          if (other != null) {
            found.add(
                Finding.failure(
                    SUBJECT,
                    "%s is the same as %s: who finds one has both".formatted(name, other)));
          }
        });
  }

  private static String redisPassword(String url) {
    String authority = url.replaceFirst("^[\\w-]+://", "").replaceFirst("[/?].*", "");
    int at = authority.lastIndexOf('@');
    return at < 0 ? "" : authority.substring(authority.indexOf(':') + 1, at);
  }
}
