package io.hongbao.common.wire;

import io.hongbao.common.error.Refusal;

/// A request's `data` does not have the documented shape. Thrown by [Fields], caught once by the
/// service's exchange, answered `invalid_argument` with the field's path.
public final class InvalidFieldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;

  public InvalidFieldException(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  public Refusal refusal() {
    return Refusal.invalid(field, String.valueOf(getMessage()));
  }
}
