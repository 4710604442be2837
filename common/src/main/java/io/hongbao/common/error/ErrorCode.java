package io.hongbao.common.error;

/// Why a request is refused: the closed list of `docs/protocol.md`, "Errors".
///
/// The wire name is part of the protocol and never changes; the HTTP status is what the same
/// refusal becomes on the HTTP calls.
public enum ErrorCode {
  INVALID_ARGUMENT("invalid_argument", 400),
  UNKNOWN_OP("unknown_op", 404),
  UNAUTHENTICATED("unauthenticated", 401),
  BAD_CREDENTIALS("bad_credentials", 401),
  USERNAME_TAKEN("username_taken", 409),
  FORBIDDEN("forbidden", 403),
  NOT_FOUND("not_found", 404),
  NOT_A_MEMBER("not_a_member", 403),
  MUTED("muted", 403),
  GROUP_FULL("group_full", 409),
  GROUP_DISSOLVED("group_dissolved", 409),
  ALREADY_MEMBER("already_member", 409),
  BANNED("banned", 403),
  OWNER_MUST_TRANSFER("owner_must_transfer", 409),
  RECALL_TOO_LATE("recall_too_late", 409),
  EDIT_TOO_LATE("edit_too_late", 409),
  LIMIT_REACHED("limit_reached", 409),
  CODE_EXPIRED("code_expired", 410),
  MEDIA_MISMATCH("media_mismatch", 409),
  MEDIA_TOO_LARGE("media_too_large", 413),
  NOT_GRABBED("not_grabbed", 409),
  NOT_RECIPIENT("not_recipient", 403),
  INSUFFICIENT_FUNDS("insufficient_funds", 409),
  RATE_LIMITED("rate_limited", 429),
  CONFLICT("conflict", 409),
  UNAVAILABLE("unavailable", 503),
  INTERNAL("internal", 500);

  private final String wireName;
  private final int httpStatus;

  ErrorCode(String wireName, int httpStatus) {
    this.wireName = wireName;
    this.httpStatus = httpStatus;
  }

  public String wireName() {
    return wireName;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
