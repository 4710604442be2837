package io.hongbao.standalone;

import io.hongbao.common.config.Setting;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the first word on the command line makes of the program, as its help says.
///
/// @param word as it is shown
/// @param goesBy the settings that matter to it; it takes all others, too
record Command(String word, String description, Predicate<Setting<?>> goesBy) {

  static final Command UP =
      new Command("[up]", "Runs a Hongbao server with everything it needs.", _ -> true);

  static final Command RECONCILE =
      new Command(
          "reconcile",
          """
          Checks every rule of money over everything there is: on your MySQL, or on the embedded one
          of the data folder, whether its server runs or not. It only reads, and says a line for each
          rule that does not hold.
          Exit status: 0 where every rule holds, 3 where one does not, 2 for a wrong setting, 1 where
          the database cannot be used.""",
          matching("data", "mysql.url", "mysql.user", "mysql.password"));

  static final Command DOCTOR =
      new Command(
          "doctor",
          """
          Looks at a whole installation from outside and says a line for each check: ok, warning or
          failure, with what to do. It takes the settings that the server runs with; for a cluster
          those of all its roles together.
          Exit status: 0 without failures, 3 with one, 2 for a wrong setting, 1 where it cannot look.""",
          matching(
              "data",
              "auth.token-secret",
              "hook.url",
              "hook.secret",
              "mysql.",
              "redpacket.connections",
              "media.connections",
              "redis.",
              "s3.url",
              "s3.public-url",
              "s3.bucket",
              "s3.region",
              "s3.access-key",
              "s3.secret-key",
              "cluster.message",
              "cluster.push",
              "cluster.redpacket",
              "cluster.media",
              "cluster.secret",
              "doctor."));

  /// A server with everything where the word is none's.
  static Command named(String word) {
    NodeRole role = NodeRole.named(word);
    if (role != null) {
      return new Command(word, role.description(), role::goesBy);
    }
    return Stream.of(RECONCILE, DOCTOR)
        .filter(command -> command.word.equals(word))
        .findFirst()
        .orElse(UP);
  }

  private static Predicate<Setting<?>> matching(String... prefixes) {
    return setting -> Stream.of(prefixes).anyMatch(setting.name()::startsWith);
  }
}
