package io.hongbao.standalone;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Settings;
import io.hongbao.common.remote.ClusterStartException;
import io.hongbao.embedded.EmbeddedStartException;
import io.hongbao.gateway.GatewayStartException;
import io.hongbao.standalone.doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The program: settings in, server up, until SIGTERM or Ctrl-C.
///
/// With the name of a role before the settings it is one node of a cluster; with `reconcile` it
/// checks the money and ends; with `doctor`, the whole installation.
///
/// Exit status: 0 after `--help` and where what is checked is right, 3 where it is not, 2 for a
/// wrong setting, 1 where it cannot start.
public final class Main {

  private static final int CANNOT_START = 1;
  private static final int WRONG_SETTING = 2;
  private static final int CHECK_FAILED = 3;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      String word = arguments.length > 0 ? arguments[0] : "";
      Command command = Command.named(word);
      String[] settings =
          command.equals(Command.UP)
              ? arguments
              : Arrays.copyOfRange(arguments, 1, arguments.length);
      switch (Arguments.parse(command, settings, System.getenv(), dataFolder())) {
        case Arguments.Print print -> System.out.print(print.text());
        case Arguments.Run run -> run(command, run.settings());
      }
    } catch (InvalidSettingException e) {
      exit(WRONG_SETTING, e.getMessage());
    } catch (CannotStartException
        | EmbeddedStartException
        | GatewayStartException
        | ClusterStartException e) {
      exit(CANNOT_START, e.getMessage());
    } catch (Throwable e) { // a bug; threads that were started must not keep the process
      LoggerFactory.getLogger(Main.class).error("cannot start", e);
      exit(CANNOT_START, e.toString());
    }
  }

  private static void run(Command command, Settings settings) {
    NodeRole role = NodeRole.named(command.word());
    if (role != null) {
      serve(role, settings);
    } else if (command.equals(Command.RECONCILE)) {
      reconcile(settings);
    } else if (command.equals(Command.DOCTOR)) {
      examine(settings);
    } else {
      serve(settings);
    }
  }

  /// Returns once the server runs; its threads keep the process.
  private static void serve(Settings settings) {
    long start = System.nanoTime();
    Server server = Server.start(settings, Clock.tickMillis(ZoneOffset.UTC), stoppedAtTheEnd());
    System.out.println(Banner.of(server, settings, since(start)));
  }

  /// The same for one node of a cluster.
  private static void serve(NodeRole role, Settings settings) {
    long start = System.nanoTime();
    Node node = Node.start(role, settings, stoppedAtTheEnd());
    System.out.println(Banner.of(role, node, since(start)));
  }

  private static Parts stoppedAtTheEnd() {
    var parts = new Parts();
    Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "shutdown"));
    return parts;
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private static @Nullable String dataFolder() {
    return System.getProperty("hongbao.data");
  }

  private static void reconcile(Settings settings) {
    Reconcile.Result result = Reconcile.run(settings);
    result.lines().forEach(System.out::println);
    System.exit(result.right() ? 0 : CHECK_FAILED);
  }

  private static void examine(Settings settings) {
    List<Finding> found = Doctor.run(settings, Clock.systemUTC());
    found.forEach(System.out::println);
    System.exit(found.stream().anyMatch(Finding::isFailure) ? CHECK_FAILED : 0);
  }

  private static void exit(int status, @Nullable String message) {
    System.err.println("hongbao: " + message);
    System.exit(status);
  }
}
