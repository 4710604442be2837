package io.hongbao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class PartsTest {

  private final Parts parts = new Parts();
  private final List<String> stopped = new CopyOnWriteArrayList<>();

  @Test
  void stopInTheReverseOrder() {
    parts.add("first", () -> stopped.add("first"));
    parts.add("second", () -> stopped.add("second"));
    parts.close();
    assertThat(stopped).containsExactly("second", "first");
  }

  @Test
  void oneThatDoesNotStopDoesNotKeepTheOthers() {
    parts.add("first", () -> stopped.add("first"));
    parts.add(
        "second",
        () -> {
          throw new IOException("stuck");
        });
    parts.close();
    assertThat(stopped).containsExactly("first");
  }

  @Test
  void stopOnce() {
    parts.add("first", () -> stopped.add("first"));
    parts.close();
    parts.close();
    assertThat(stopped).hasSize(1);
  }

  @Test
  void whatStartsWhileStoppingIsStoppedAtOnce() {
    parts.close();
    assertThatThrownBy(() -> parts.add("late", () -> stopped.add("late")))
        .isInstanceOf(CannotStartException.class);
    assertThat(stopped).containsExactly("late");
  }
}
