/** Calls a listener on each `change` of any of these; returns the function that takes it away again. */
export function onChange(emitters, listener) {
  const offs = emitters.map((each) => each.on("change", listener));
  return () => offs.forEach((off) => off());
}

/** Named listeners, called in the order they were added. */
export class Emitter {
  #listeners = new Map();

  /** Returns the function that takes the listener away again. */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** A listener that throws is reported and does not keep the others from being called. */
  emit(name, value) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(value);
      } catch (error) {
        console.error(`listener of ${name} failed`, error);
      }
    }
  }
}
