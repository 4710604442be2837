/** Delays between attempts to connect: growing, bounded, and jittered so that crowds spread out. */

export const FIRST_DELAY_MS = 500;
export const MAX_DELAY_MS = 20_000;

/** Closes that say the same frames would be refused again: reconnecting would only repeat them. */
const REFUSED = new Set([1002, 1003, 1007, 1009, 1010]);

/** Milliseconds before attempt number `attempt` (0 the first): between half and all of the step. */
export function delayMs(attempt, random = Math.random) {
  const step = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16));
  return Math.round(step * (0.5 + random() / 2));
}

/** Whether a connection closed with this code is opened again without asking anybody. */
export function reconnectsAfter(closeCode) {
  return closeCode < 4500 && !REFUSED.has(closeCode);
}
