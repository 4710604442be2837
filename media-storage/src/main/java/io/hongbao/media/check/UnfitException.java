package io.hongbao.media.check;

import io.hongbao.common.error.ErrorCode;
import io.hongbao.common.error.Refusal;
import java.io.IOException;

/// The file is not what it was announced to be, or more than anyone will decode.
final class UnfitException extends IOException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  UnfitException(String message) {
    this(ErrorCode.MEDIA_MISMATCH, message);
  }

  private UnfitException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  static UnfitException tooLarge(String message) {
    return new UnfitException(ErrorCode.MEDIA_TOO_LARGE, message);
  }

  Refusal refusal() {
    return Refusal.of(code, String.valueOf(getMessage()));
  }
}
