import { timeLeft } from "../text/durations.js";

const WORDS = {
  disconnected: "Not connected just now. Please try again in a moment.",
  timeout: "The server does not answer. Please try again.",
  unavailable: "The server cannot do that just now. Please try again in a moment.",
  internal: "Something went wrong on the server.",
  unknown_op: "This server cannot do that.",
  bad_credentials: "That username and password do not belong together.",
  username_taken: "That username is taken.",
  code_expired: "This invitation is no longer valid. Ask for a new link.",
  not_a_member: "You are not a member of this group.",
  not_found: "That does not exist.",
  forbidden: "You may not do that in this group.",
  group_full: "The group is full.",
  group_dissolved: "The group was dissolved.",
  already_member: "Already a member of this group.",
  banned: "You cannot join this group.",
  muted: "You are muted in this group.",
  owner_must_transfer: "You own this group. Hand it over to somebody before you leave.",
  recall_too_late: "It is too late to take this message back.",
  edit_too_late: "It is too late to edit this message.",
  insufficient_funds: "There is not enough in your wallet.",
  too_late: "It could not be sent for a day, and was given up. Your wallet shows what was paid.",
  limit_reached: "There are as many as there may be.",
  media_too_large: "It is too large for this server.",
  media_mismatch: "It is damaged, or not what its name says.",
  store_away: "The media store cannot be reached just now.",
  unreadable: "It cannot be read any more. Please choose it again.",
  outbox_full: "Too many messages are waiting to be sent.",
  conflict: "Somebody else has decided that already.",
};

/** What codes mean where somebody uploads something. */
export const UPLOAD_WORDS = { limit_reached: "You have stored as much as you may." };

/**
 * What went wrong, in words for people.
 *
 * @param words what a code means where this is said, before what it means in general
 */
export function explain(error, words = {}) {
  if (words[error.code]) {
    return words[error.code];
  }
  if (error.code === "rate_limited") {
    return error.retryAfterMs > 1_000
      ? `That was too much at once. Please wait ${timeLeft(error.retryAfterMs)}.`
      : "That was too much at once. Please wait a moment.";
  }
  return WORDS[error.code] ?? error.message ?? "Something went wrong.";
}
