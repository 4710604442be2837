import { duration, isForGood, timeLeft } from "../text/durations.js";
import { momentOf } from "../text/times.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** What stands in the composer's place while this user may not write, or null where they may. */
export function speechNotice({ may, untilAt }, now) {
  return may
    ? null
    : el(
        "p",
        { class: "barrier", role: "status", testid: "barrier" },
        icon("muted"),
        el("span", {}, words(untilAt, now)),
      );
}

function words(untilAt, now) {
  if (!untilAt) {
    return "Only owner and admins write in this group just now.";
  }
  return isForGood(untilAt)
    ? "You are muted here until an admin lifts it. You can go on reading."
    : `You are muted here until ${momentOf(untilAt, now)} (${timeLeft(untilAt - now)} left). You can go on reading.`;
}

/** The empty message field's hint. */
export function placeholderOf({ slowModeMs }) {
  return slowModeMs > 0 ? `One message every ${duration(slowModeMs)}` : "Write a message";
}
