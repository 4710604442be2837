const TICK_MS = 1_000;

/** Runs an action each second; returns the function that ends it. */
export function ticking(action) {
  const timer = setInterval(action, TICK_MS);
  return () => clearInterval(timer);
}
