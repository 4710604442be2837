package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoomEventsTest {

  @ParameterizedTest
  @CsvSource({"0, 50", "1, 50", "25, 50", "26, 52", "500, 1000", "1000, 2000"})
  void pausesTheLongerTheMorePeopleWait(int people, long pauseMs) {
    assertThat(RoomEvents.pauseAfter(people)).hasMillis(pauseMs);
  }
}
