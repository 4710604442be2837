package io.hongbao.standalone;

import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import io.hongbao.standalone.doctor.Examination;
import io.hongbao.standalone.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// `./hongbao doctor`: finds where the parts of an installation are, and has them examined. Those
/// of a cluster are where its settings say; what a server has embedded is where it noted it in its
/// data folder.
final class Doctor {

  private Doctor() {}

  static List<Finding> run(Settings settings, Clock clock) {
    if (isCluster(settings)) {
      return Examination.of(settings, clock);
    }
    Path folder = settings.get(Settings.DATA).toAbsolutePath().normalize();
    try {
      if (!DataFolder.isHeld(folder)) {
        return List.of(
            Finding.failure(
                "server",
                "none runs on the data folder %s: start it, or give the --data of the one that runs"
                    .formatted(folder)));
      }
      return Examination.of(embedded(settings, folder), clock);
    } catch (IOException e) {
      throw new CannotStartException(
          "The data folder %s cannot be read: %s".formatted(folder, e), e);
    }
  }

  private static boolean isCluster(Settings settings) {
    return List.of(
            Settings.CLUSTER_MESSAGE,
            Settings.CLUSTER_PUSH,
            Settings.CLUSTER_REDPACKET,
            Settings.CLUSTER_MEDIA)
        .stream()
        .anyMatch(role -> isGiven(settings, role));
  }

  private static boolean isGiven(Settings settings, Setting<String> setting) {
    return !settings.get(setting).isEmpty();
  }

  /// The settings with what the running server made and chose itself.
  private static Settings embedded(Settings settings, Path folder) throws IOException {
    Secrets secrets = Secrets.in(folder);
    Settings complete = settings.orElse(Settings.TOKEN_SECRET, secrets.token());
    if (!isGiven(settings, Settings.MYSQL_URL)) {
      List<String> database = Files.readAllLines(folder.resolve(Stores.EMBEDDED_DATABASE));
      complete =
          complete
              .orElse(Settings.MYSQL_URL, database.get(0))
              .orElse(Settings.MYSQL_USER, database.get(1))
              .orElse(Settings.MYSQL_PASSWORD, secrets.database());
    }
    complete =
        complete.orElse(
            Settings.REDIS_URL,
            "redis://:%s@127.0.0.1:%s"
                .formatted(secrets.redis(), note(folder, Stores.EMBEDDED_REDIS_PORT)));
    if (!isGiven(settings, Settings.S3_URL)) {
      complete =
          complete
              .orElse(Settings.S3_URL, note(folder, Stores.EMBEDDED_S3))
              .orElse(Settings.S3_ACCESS_KEY, secrets.s3AccessKey())
              .orElse(Settings.S3_SECRET_KEY, secrets.s3SecretKey());
    }
    return complete.orElse(
        Settings.DOCTOR_GATEWAYS, "http://127.0.0.1:" + note(folder, Server.MANAGEMENT_PORT));
  }

  private static String note(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }
}
