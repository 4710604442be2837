package io.hongbao.common.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

final class OutagesTest {

  /// Of slots 12182 and 5061.
  private static final String ONE = "foo";

  private static final String ANOTHER = "bar";

  private final Outages outages = new Outages();

  @Test
  void everybodyMayTryWhatIsThere() {
    assertThat(outages.mayTry(ONE)).isTrue();
    assertThat(outages.mayTry(ONE)).isTrue();
    assertThat(outages.ends(ONE)).isFalse();
  }

  @Test
  void onlyOneTriesAfterEachPause() {
    outages.begins(ONE);
    assertThat(outages.mayTry(ONE)).isFalse();
    await().until(() -> outages.mayTry(ONE));
    assertThat(outages.mayTry(ONE)).isFalse();
  }

  @Test
  void ofAClusterAPartIsAwayAlone() {
    outages.begins(ONE);
    assertThat(outages.isAway(ONE)).isTrue();
    assertThat(outages.isAway(ANOTHER)).isFalse();
    assertThat(outages.mayTry(ANOTHER)).isTrue();
    assertThat(outages.ends(ANOTHER)).isFalse();
    assertThat(outages.isAway(ONE)).isTrue();
  }

  @Test
  void theFirstBeginAndTheLastEndAreNews() {
    assertThat(outages.begins(ONE)).isTrue();
    assertThat(outages.begins(ONE)).isFalse();
    assertThat(outages.begins(ANOTHER)).isFalse();
    assertThat(outages.ends(ONE)).isFalse();
    assertThat(outages.isAway(ONE)).isFalse();
    assertThat(outages.ends(ANOTHER)).isTrue();
    assertThat(outages.ends(ANOTHER)).isFalse();
  }
}
