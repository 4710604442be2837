import { FOR_GOOD_AT } from "../model/roles.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  [DAY, "day"],
  [HOUR, "hour"],
  [MINUTE, "minute"],
  [SECOND, "second"],
];

/** 1 hour, 90 seconds, 7 days: in the largest unit that says it whole, or nearly. */
export function duration(ms) {
  const [size, unit] =
    UNITS.find(([each]) => ms >= each && ms % each === 0) ??
    UNITS.find(([each]) => ms >= 2 * each) ??
    UNITS.at(-1);
  const count = Math.max(1, Math.round(ms / size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** What is left of a time, short, never less than a second: 45 s, 10 min, 3 h, 6 d. */
export function timeLeft(ms) {
  if (ms < MINUTE) {
    return `${Math.max(1, Math.ceil(ms / SECOND))} s`;
  }
  if (ms < 2 * HOUR) {
    return `${Math.ceil(ms / MINUTE)} min`;
  }
  return ms < 2 * DAY ? `${Math.round(ms / HOUR)} h` : `${Math.round(ms / DAY)} d`;
}

/** A countdown: 2:05 */
export function countdown(ms) {
  const seconds = Math.ceil(ms / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Whether a mute that ends then ends only when somebody lifts it. */
export function isForGood(untilAt) {
  return untilAt >= FOR_GOOD_AT;
}
