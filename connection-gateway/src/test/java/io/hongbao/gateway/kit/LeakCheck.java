package io.hongbao.gateway.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails every test class after which a buffer is found that nobody released. JUnit finds it by
/// itself.
public final class LeakCheck implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    assertThat(LeakAlarm.take())
        .as("leaks found by the end of %s", context.getDisplayName())
        .isEmpty();
  }
}
