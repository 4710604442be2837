/** Hand-written fakes of what a browser gives. */

/** localStorage: an object whose keys are what is stored. */
export function memoryStore() {
  const store = {};
  const hidden = (name, value) => Object.defineProperty(store, name, { value, enumerable: false });
  hidden("getItem", (key) => store[key] ?? null);
  hidden("setItem", (key, value) => (store[key] = String(value)));
  hidden("removeItem", (key) => delete store[key]);
  return store;
}

/** Lets everything that is ready happen. */
export async function settle(turns = 20) {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Waits until the check holds; fails after twenty seconds. */
export async function until(check, what = check.toString()) {
  const deadline = Date.now() + 20_000;
  while (!check()) {
    if (Date.now() > deadline) {
      throw new Error(`did not come about: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
