package io.hongbao.standalone.doctor;

import io.hongbao.common.config.Settings;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// All checks of an installation. They look at once, each for some seconds at most; what each finds
/// stands together.
public final class Examination {

  private Examination() {}

  /// @param settings of the whole installation: what the roles are started with, together
  public static List<Finding> of(Settings settings, Clock clock) {
    List<Callable<List<Finding>>> checks =
        List.of(
            () -> SecretsCheck.of(settings),
            () -> MySqlCheck.of(settings, clock),
            () -> RedisCheck.of(settings, clock),
            () -> S3Check.of(settings, clock),
            () -> RolesCheck.of(settings));
    try (var looking = Executors.newCachedThreadPool()) { // each makes clients: platform threads
      return looking.invokeAll(checks).stream().flatMap(found -> result(found).stream()).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<Finding> result(Future<List<Finding>> found) {
    try {
      return found.get();
    } catch (ExecutionException e) { // a bug: what may fail is a finding
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
