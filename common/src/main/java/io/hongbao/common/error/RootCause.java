package io.hongbao.common.error;

/// What has failed in the first place.
public final class RootCause {

  private RootCause() {}

  /// What it says, for people.
  public static String message(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
