/** Live entries kept while a hole before them is read; beyond, they are read with the hole. */
export const AHEAD_MAX = 500;

/** Entries held at most by a window that is trimmed, and how many of them remain. */
export const HELD_MAX = 600;
export const HELD_AFTER_TRIM = 300;

/**
 * Consecutive entries of a log, ascending. Recalls in it are applied to what they take back, in
 * whichever order the two came.
 */
export class LogWindow {
  entries = [];
  high = 0;
  reachedStart = false;
  #bySeq = new Map();
  #keys = new Set();
  #recalls = new Map();
  #ahead = new Map();

  /** The first entry held; what lies before it is read with `beforeSeq`. */
  get low() {
    return this.entries[0]?.seq ?? this.high + 1;
  }

  entry(seq) {
    return this.#bySeq.get(seq);
  }

  recallOf(seq) {
    return this.#recalls.get(seq);
  }

  holdsKey(clientMessageId) {
    return this.#keys.has(clientMessageId);
  }

  /** @param high how far the log is known now; later than the last of `messages` at the log's end */
  restart(messages, high) {
    this.#bySeq.clear();
    this.#keys.clear();
    this.#recalls.clear();
    this.entries = [...messages];
    this.high = Math.max(high, messages.at(-1)?.seq ?? 0);
    this.reachedStart = messages.length === 0 || messages[0].seq === 1;
    this.#index(messages);
  }

  /** Takes entries that follow on what is held; what is held already is left as it is. */
  append(messages, lastSeq) {
    const fresh = messages.filter(({ seq }) => seq > this.high);
    this.entries.push(...fresh);
    this.high = Math.max(this.high, messages.at(-1)?.seq ?? lastSeq); // nothing: none of it is visible to us
    this.#index(fresh);
  }

  /** Keeps a live entry until it follows on what is held. */
  keepAhead(message) {
    if (this.#ahead.size === AHEAD_MAX) {
      this.#ahead.clear();
    }
    this.#ahead.set(message.seq, message);
  }

  /** Takes those kept entries that follow by now; true where there were any. */
  takeAhead() {
    const next = [];
    while (this.#ahead.has(this.high + 1 + next.length)) {
      next.push(this.#ahead.get(this.high + 1 + next.length));
    }
    this.append(next, this.high);
    const past = [...this.#ahead.keys()].filter((seq) => seq <= this.high);
    past.forEach((seq) => this.#ahead.delete(seq));
    return next.length > 0;
  }

  prepend(messages) {
    const before = messages.filter(({ seq }) => seq < this.low);
    this.entries = [...before, ...this.entries];
    this.reachedStart = before.length === 0 || before[0].seq === 1;
    this.#index(before);
  }

  /** True where entries were let go. */
  trim() {
    if (this.entries.length <= HELD_MAX) {
      return false;
    }
    for (const { seq, clientMessageId } of this.entries.slice(0, -HELD_AFTER_TRIM)) {
      this.#bySeq.delete(seq);
      this.#recalls.delete(seq);
      this.#keys.delete(clientMessageId);
    }
    this.entries = this.entries.slice(-HELD_AFTER_TRIM);
    this.reachedStart = false;
    return true;
  }

  #index(messages) {
    for (const message of messages) {
      this.#bySeq.set(message.seq, message);
      if (message.clientMessageId) {
        this.#keys.add(message.clientMessageId);
      }
      if (message.type === "recall") {
        this.#recalls.set(message.content.seq, { by: message.senderId, at: message.sentAt });
      }
    }
    this.#recalls.forEach(({ at }, seq) => this.#takeBack(seq, at));
  }

  #takeBack(seq, at) {
    const message = this.#bySeq.get(seq);
    if (message && !message.recalledAt) {
      const recalled = { ...message, content: {}, recalledAt: at };
      this.#bySeq.set(seq, recalled);
      this.entries[this.entries.findIndex((entry) => entry.seq === seq)] = recalled;
    }
  }
}
