package io.hongbao.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

final class OutageTest {

  private final Outage outage = new Outage();

  @Test
  void everybodyMayTryWhatIsThere() {
    assertThat(outage.mayTry()).isTrue();
    assertThat(outage.mayTry()).isTrue();
    assertThat(outage.ends()).isFalse();
  }

  @Test
  void itsBeginAndItsEndAreNewsOnce() {
    assertThat(outage.begins()).isTrue();
    assertThat(outage.begins()).isFalse();
    assertThat(outage.isAway()).isTrue();
    assertThat(outage.ends()).isTrue();
    assertThat(outage.ends()).isFalse();
    assertThat(outage.isAway()).isFalse();
  }

  @Test
  void onlyOneTriesAfterEachPause() {
    outage.begins();
    assertThat(outage.mayTry()).isFalse();
    await().until(outage::mayTry);
    assertThat(outage.mayTry()).isFalse();
  }
}
