import { amended, amends } from "./amendments.js";

/** Live entries kept while a hole before them is read; beyond, they are read with the hole. */
const AHEAD_MAX = 500;

/** Entries not held whose amendments are kept all the same: they may be being read just now. */
export const LOOSE_MAX = 500;

/** Entries held at most by a window that is trimmed, and how many of them remain. */
export const HELD_MAX = 600;
export const HELD_AFTER_TRIM = 300;

/**
 * Consecutive entries of a log, ascending, each as what came later made it: taken back, edited,
 * reacted to.
 *
 * An entry that was read has in it what had come by then, so each is kept as it came, with the end of
 * the log at that time; only amendments after that are put to it. So it does not matter in which
 * order an entry and its amendments came, nor how often they were read.
 */
export class LogWindow {
  entries = [];
  high = 0;
  reachedStart = false;
  #me;
  /** `{message, asOf}` as it came, by `seq`. */
  #bases = new Map();
  #bySeq = new Map();
  #keys = new Set();
  /** The entries that amend one, by the `seq` of that one; some lie beyond what is held. */
  #amendments = new Map();
  #ahead = new Map();

  /** @param me gives the id of the reader */
  constructor(me = () => undefined) {
    this.#me = me;
  }

  /** The first entry held; what lies before it is read with `beforeSeq`. */
  get low() {
    return this.entries[0]?.seq ?? this.high + 1;
  }

  entry(seq) {
    return this.#bySeq.get(seq);
  }

  /** Who took an entry back, and when; undefined where that entry of the log has not been read. */
  recallOf(seq) {
    const recall = this.#amendments.get(seq)?.find(({ type }) => type === "recall");
    return recall && { by: recall.senderId, at: recall.sentAt };
  }

  holdsKey(clientMessageId) {
    return this.#keys.has(clientMessageId);
  }

  /**
   * @param high how far the log is known now; later than the last of `messages` at the log's end
   * @param asOf the end of the log when the messages were read
   */
  restart(messages, high, asOf = high) {
    [this.#bases, this.#bySeq, this.#keys].forEach((each) => each.clear());
    this.#forgetAmendments((amendment) => amendment.seq <= asOf); // the messages have those in them
    this.entries = [...messages];
    this.high = Math.max(high, messages.at(-1)?.seq ?? 0);
    this.reachedStart = messages.length === 0 || messages[0].seq === 1;
    this.#index(messages, asOf);
  }

  /** Takes entries that follow on what is held; what is held already is left as it is. */
  append(messages, lastSeq) {
    const fresh = messages.filter(({ seq }) => seq > this.high);
    this.entries.push(...fresh);
    this.high = Math.max(this.high, messages.at(-1)?.seq ?? lastSeq); // nothing: none of it is visible to us
    this.#index(fresh, lastSeq);
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

  /** Takes, from beyond what is held, what amends an entry; true where that one is held. */
  takeAmendment(message) {
    if (this.#amendments.size >= this.entries.length + LOOSE_MAX) {
      this.#forgetAmendments(({ content }) => !this.#bases.has(content.seq));
    }
    this.#keepAmendment(message);
    this.#amend(message.content.seq);
    return this.#bases.has(message.content.seq);
  }

  /**
   * Takes anew those of the entries that are held.
   *
   * @param asOf the end of the log when the messages were read
   */
  restate(messages, asOf) {
    const held = messages.filter(({ seq }) => this.#bases.has(seq));
    this.#index(held, asOf);
    held.forEach(({ seq }) => this.#amend(seq));
  }

  /** @param asOf the end of the log when the messages were read */
  prepend(messages, asOf = this.high) {
    const before = messages.filter(({ seq }) => seq < this.low);
    this.entries = [...before, ...this.entries];
    this.reachedStart = before.length === 0 || before[0].seq === 1;
    this.#index(before, asOf);
  }

  /** True where entries were let go. */
  trim() {
    if (this.entries.length <= HELD_MAX) {
      return false;
    }
    for (const { seq, clientMessageId } of this.entries.slice(0, -HELD_AFTER_TRIM)) {
      this.#bases.delete(seq);
      this.#bySeq.delete(seq);
      this.#keys.delete(clientMessageId);
    }
    this.entries = this.entries.slice(-HELD_AFTER_TRIM);
    this.#forgetAmendments(({ content }) => content.seq < this.low);
    this.reachedStart = false;
    return true;
  }

  #index(messages, asOf) {
    const touched = new Set();
    for (const message of messages) {
      this.#bases.set(message.seq, { message, asOf: Math.max(asOf, message.seq) });
      this.#bySeq.set(message.seq, message);
      if (message.clientMessageId) {
        this.#keys.add(message.clientMessageId);
      }
      if (this.#amendments.has(message.seq)) {
        touched.add(message.seq); // its amendments were here first
      }
      if (amends(message)) {
        this.#keepAmendment(message);
        touched.add(message.content.seq);
      }
    }
    touched.forEach((seq) => this.#amend(seq));
  }

  /** Once, however often it comes: live, and again with its page. */
  #keepAmendment(message) {
    const { seq } = message.content;
    const others = (this.#amendments.get(seq) ?? []).filter((each) => each.seq !== message.seq);
    this.#amendments.set(
      seq,
      [...others, message].sort((a, b) => a.seq - b.seq),
    );
  }

  #forgetAmendments(check) {
    for (const [seq, amendments] of this.#amendments) {
      const left = amendments.filter((each) => !check(each));
      if (left.length > 0) {
        this.#amendments.set(seq, left);
      } else {
        this.#amendments.delete(seq);
      }
    }
  }

  /** Makes an entry anew from how it came and what came for it later. */
  #amend(seq) {
    const base = this.#bases.get(seq);
    if (base) {
      const now = (this.#amendments.get(seq) ?? [])
        .filter((amendment) => amendment.type === "recall" || amendment.seq > base.asOf)
        .reduce((message, amendment) => amended(message, amendment, this.#me()), base.message);
      this.#bySeq.set(seq, now);
      this.entries[this.entries.findIndex((entry) => entry.seq === seq)] = now;
    }
  }
}
