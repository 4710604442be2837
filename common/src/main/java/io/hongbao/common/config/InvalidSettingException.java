package io.hongbao.common.config;

/// A setting that no server starts with; the message names it and says what a right value is.
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidSettingException(String name, String problem) {
    super(name + " " + problem);
  }
}
