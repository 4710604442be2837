const clock = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const weekday = new Intl.DateTimeFormat("en", { weekday: "long" });
const dayAndMonth = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const fullDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "medium" });

/** 18:04 */
export const clockTime = (at) => clock.format(at);

/** The whole date and time, to hover over. */
export const wholeTime = (at) => whole.format(at);

/** A key that two times of one local day share. */
export const dayOf = (at) => new Date(at).toDateString();

/** Today, Yesterday, Monday, Nov 3, Nov 3, 2025 */
export function dayName(at, now) {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days <= 0) {
    return "Today";
  }
  if (days === 1) {
    return "Yesterday";
  }
  if (days < 7) {
    return weekday.format(at);
  }
  return dayAndYear(at, now);
}

/** Short, for lists: the time today, the day's name before. */
export function briefTime(at, now) {
  return dayOf(at) === dayOf(now) ? clockTime(at) : dayName(at, now);
}

/** A time that may be today or on another day: 18:04, tomorrow 18:04, Nov 3 18:04. */
export function momentOf(at, now) {
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0) {
    return clockTime(at);
  }
  return `${days === 1 ? "tomorrow" : days === -1 ? "yesterday" : dayAndYear(at, now)} ${clockTime(at)}`;
}

/** In 6 days, in 3 hours */
export function inTime(ms) {
  const hours = Math.max(1, Math.round(ms / 3_600_000));
  const days = Math.round(hours / 24);
  return days >= 2 ? `in ${days} days` : hours === 1 ? "in an hour" : `in ${hours} hours`;
}

function dayAndYear(at, now) {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayAndMonth : fullDay).format(at);
}

function midnight(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
