import { RequestError } from "./request-error.js";

/** Makes an account: `{userId, token, expiresAt}`. */
export function createAccount({ username, password, nickname }) {
  return post("/api/v1/accounts", { username, password, nickname });
}

/** Logs in: `{userId, token, expiresAt}`. */
export function createToken({ username, password }) {
  return post("/api/v1/tokens", { username, password });
}

/** Rejects with a RequestError; `disconnected` where the server could not be reached. */
async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new RequestError("disconnected", { message: "The server cannot be reached." });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new RequestError(answer.code ?? "unavailable", {
      message: answer.detail ?? answer.title ?? `The server answered ${response.status}.`,
      field: answer.field,
      retryAfterMs: answer.retryAfterMs,
    });
  }
  return answer;
}
