/**
 * What the page keeps in this browser. Where the browser keeps nothing (private windows, a full
 * quota) values live as long as the page does.
 */
export class Storage {
  #store;
  #memory = new Map();

  constructor(store) {
    this.#store = store;
  }

  get(key) {
    const text = this.#memory.get(key) ?? this.#quietly(() => this.#store.getItem(key));
    if (text == null) {
      return null;
    }
    try {
      return JSON.parse(text);
    } catch {
      return null; // written by something else
    }
  }

  set(key, value) {
    const text = JSON.stringify(value);
    this.#memory.delete(key);
    if (this.#quietly(() => (this.#store.setItem(key, text), true)) !== true) {
      this.#memory.set(key, text);
    }
  }

  remove(key) {
    this.#memory.delete(key);
    this.#quietly(() => this.#store.removeItem(key));
  }

  keys(prefix) {
    const stored = this.#quietly(() => Object.keys(this.#store)) ?? [];
    const keys = new Set([...stored, ...this.#memory.keys()]);
    return [...keys].filter((key) => key.startsWith(prefix));
  }

  #quietly(action) {
    try {
      return action();
    } catch {
      return null;
    }
  }
}
