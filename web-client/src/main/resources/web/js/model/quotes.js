import { Emitter } from "../emitter.js";
import { amends } from "./amendments.js";

/** Quoted entries kept at most; beyond, all are forgotten and read again as needed. */
const QUOTES_MAX = 200;

/**
 * Entries that are replied to but that no log here holds. Where one may have changed, it is read again
 * at the next look. Emits `change` when one was read, or should be looked at again.
 */
export class Quotes extends Emitter {
  #connection;
  /** `{groupId, entry, stale}` by group and `seq`; the entry is null until it was read. */
  #quotes = new Map();

  constructor(connection, conversations) {
    super();
    this.#connection = connection;
    connection.on("event:message", (message) => {
      const quote =
        amends(message) && this.#quotes.get(keyOf(message.groupId, message.content.seq));
      if (quote) {
        quote.stale = true;
        this.emit("change");
      }
    });
    connection.on("open", () => this.#missed(() => true));
    conversations.on("missed", (groupId) => this.#missed((quote) => quote.groupId === groupId));
  }

  /** The entry as it was read last, or null until it was read. */
  get(groupId, seq) {
    const key = keyOf(groupId, seq);
    if (!this.#quotes.has(key)) {
      if (this.#quotes.size === QUOTES_MAX) {
        this.#quotes.clear();
      }
      this.#quotes.set(key, { groupId, entry: null, stale: true });
    }
    const quote = this.#quotes.get(key);
    if (quote.stale) {
      quote.stale = false;
      this.#read(quote, seq);
    }
    return quote.entry;
  }

  /** Events that may have changed some of them are gone. */
  #missed(check) {
    this.#quotes.forEach((quote) => (quote.stale ||= check(quote)));
    this.emit("change");
  }

  async #read(quote, seq) {
    try {
      const { messages } = await this.#connection.request("message.history", {
        groupId: quote.groupId,
        afterSeq: seq - 1,
        limit: 1,
      });
      if (messages[0]?.seq === seq) {
        quote.entry = messages[0];
        this.emit("change");
      }
    } catch {
      quote.stale = true; // the next look reads it
    }
  }
}

const keyOf = (groupId, seq) => `${groupId} ${seq}`;
