/**
 * A request that was not carried out, or whose answer never came.
 *
 * `code` is one of the protocol's error codes, or `disconnected` or `timeout` where no answer came.
 */
export class RequestError extends Error {
  constructor(code, { message, field, retryAfterMs, untilAt } = {}) {
    super(message || code);
    this.name = "RequestError";
    this.code = code;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
    this.untilAt = untilAt;
  }

  /** Whether sending the same request again, with the same key, may well succeed soon. */
  get passing() {
    return ["disconnected", "timeout", "unavailable", "rate_limited"].includes(this.code);
  }
}
