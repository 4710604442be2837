import { Emitter } from "../emitter.js";
import { amends } from "./amendments.js";

/** Quoted entries kept at most; beyond, all are forgotten and read again as needed. */
export const QUOTES_MAX = 200;

/** Entries that are replied to but that no log here holds. Emits `change` when one was read. */
export class Quotes extends Emitter {
  #connection;
  #entries = new Map();

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on("event:message", (message) => {
      if (amends(message)) {
        this.#entries.delete(keyOf(message.groupId, message.content.seq));
      }
    });
  }

  /** The entry, or null until it was read. */
  get(groupId, seq) {
    const key = keyOf(groupId, seq);
    if (!this.#entries.has(key)) {
      if (this.#entries.size === QUOTES_MAX) {
        this.#entries.clear();
      }
      this.#entries.set(key, null);
      this.#read(groupId, seq, key);
    }
    return this.#entries.get(key);
  }

  async #read(groupId, seq, key) {
    try {
      const { messages } = await this.#connection.request("message.history", {
        groupId,
        afterSeq: seq - 1,
        limit: 1,
      });
      if (messages[0]?.seq === seq) {
        this.#entries.set(key, messages[0]);
        this.emit("change");
      }
    } catch {
      this.#entries.delete(key); // the next look reads it
    }
  }
}

const keyOf = (groupId, seq) => `${groupId} ${seq}`;
