import { Emitter } from "../emitter.js";

const RETRY_MS = 2_000;

/**
 * Something that is read of one group, the one that is looked at: when the group is turned to, when a
 * session begins, and again when events leave open what it is now.
 *
 * Where that fails in passing it is tried again after a while, or when the next session begins.
 *
 * An answer may be older than what was heard while it was on its way, so changes that come in between
 * are put to it once more: they have to be such that the second time changes nothing. Emits `change`
 * when the value, or `problem`, is another.
 */
export class GroupReading extends Emitter {
  /** What was read, and changed since; `none` until then. */
  value;
  /** Whether `value` was read, and is not just what stands there before. */
  loaded = false;
  /** The RequestError of the last reading, or null where it succeeded. */
  problem = null;
  groupId = null;
  #read;
  #none;
  #staleMs;
  #timer = null;
  #readings = new Set();
  #begun = 0;
  #taken = 0;

  /**
   * @param read reads it: takes a group's id, resolves with the value
   * @param none the value while nothing was read
   * @param staleMs about how long to wait for further events before reading again
   */
  constructor(connection, conversations, { read, none, staleMs }) {
    super();
    this.#read = read;
    this.#none = none;
    this.#staleMs = staleMs;
    this.value = none;
    connection.on("open", () => this.reload());
    conversations.on("missed", (groupId) => groupId === this.groupId && this.stale());
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    if (groupId !== this.groupId) {
      this.groupId = groupId;
      this.#readings.clear();
      this.#set({ value: this.#none, loaded: false, problem: null });
      this.reload();
    }
  }

  /** @param change makes a new value of one */
  change(change) {
    this.#readings.forEach(({ changes }) => changes.push(change));
    this.#set({ value: change(this.value) });
  }

  /** Has it read anew soon, once for all that is heard until then, and not by everybody at once. */
  stale() {
    this.#reloadIn(this.#staleMs * (1 + Math.random()));
  }

  /** Resolves once there is a value; rejects with what keeps it from being read. */
  async first() {
    if (!this.loaded) {
      await this.reload();
    }
    if (!this.loaded && this.problem) {
      throw this.problem;
    }
  }

  /** Reads it anew; rejects never. */
  async reload() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.groupId) {
      return;
    }
    const reading = { number: ++this.#begun, changes: [] };
    this.#readings.add(reading);
    try {
      const value = await this.#read(this.groupId);
      this.#take(reading, {
        value: reading.changes.reduce((changed, change) => change(changed), value),
        loaded: true,
        problem: null,
      });
    } catch (error) {
      this.#take(reading, { problem: error });
      if (this.#readings.has(reading) && error.passing && error.code !== "disconnected") {
        this.#reloadIn(error.retryAfterMs ?? RETRY_MS);
      }
    } finally {
      this.#readings.delete(reading);
    }
  }

  #reloadIn(ms) {
    this.#timer ??= setTimeout(() => this.reload(), ms);
  }

  /** Unless the group is another by now, or a later reading was answered before. */
  #take(reading, outcome) {
    if (this.#readings.has(reading) && reading.number > this.#taken) {
      this.#taken = reading.number;
      this.#set(outcome);
    }
  }

  #set(changes) {
    Object.assign(this, changes);
    this.emit("change");
  }
}
