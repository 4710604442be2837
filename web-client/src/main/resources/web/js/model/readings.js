const RETRY_MS = 2_000;

/** Runs the readings of something; where one fails in passing it is tried again, as a whole, after a while. */
export class Readings {
  #again;
  #ontrouble;
  #running = {};
  #timer = null;

  /**
   * @param again reads what is missing
   * @param ontrouble gets the RequestError of a reading that failed
   */
  constructor({ again, ontrouble }) {
    this.#again = again;
    this.#ontrouble = ontrouble;
  }

  /** Resolves with what the reading resolves with, or with false where it failed. */
  async run(reading) {
    try {
      return await reading();
    } catch (error) {
      if (error.passing && error.code !== "disconnected") {
        this.againIn(error.retryAfterMs);
      }
      this.#ontrouble(error);
      return false;
    }
  }

  /** The same, one of a kind at a time. */
  once(kind, reading) {
    this.#running[kind] ??= this.run(reading).finally(() => delete this.#running[kind]);
    return this.#running[kind];
  }

  againIn(ms = RETRY_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), ms);
  }

  /** Nothing is tried again any more. */
  close() {
    clearTimeout(this.#timer);
  }
}
