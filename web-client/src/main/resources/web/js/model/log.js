import { Emitter } from "../emitter.js";
import { amends } from "./amendments.js";
import { LogWindow } from "./log-window.js";
import { Readings } from "./readings.js";

export const PAGE = 50;

/** Entries asked for at once when reading on. */
const READ_ON_PAGE = 200;

/** Missing entries from which on the newest page is read instead of everything in between. */
export const READ_ON_MAX = 1_000;

/**
 * One group's log as this client holds it: a window of entries that has no holes, at the log's end
 * (`following`) or, after a jump, somewhere before it.
 *
 * Live entries extend the window. One that does not follow on what is held shows a hole: the log is
 * read on from the last entry held until the hole is closed. After a lost connection, or a `resync`,
 * the same reading on makes it whole. What the server's history leaves out (entries before the join
 * point) is no hole. A window that does not end where the log does takes of live entries only what they
 * change of what it holds; it is read again where some may have been missed.
 *
 * Emits `change` when entries came or changed, and `trouble` with a RequestError where reading fails.
 */
export class GroupLog extends Emitter {
  #read;
  #window;
  #loaded = false;
  #following = true;
  #head = 0;
  #generation = 0;
  #readingOn = null;
  #askedAgain = false;
  #firstPage;
  #readings = new Readings({
    again: () => this.readOn(),
    ontrouble: (error) => this.emit("trouble", error),
  });

  /**
   * @param read message.history of this group: takes bounds and limit, resolves with the reply
   * @param firstPage how many entries to begin with
   * @param me gives the id of the reader
   */
  constructor(read, { firstPage = PAGE, me } = {}) {
    super();
    this.#read = read;
    this.#firstPage = firstPage;
    this.#window = new LogWindow(me);
  }

  /** What is held. */
  get window() {
    return this.#window;
  }

  get loaded() {
    return this.#loaded;
  }

  /** Whether the window ends where the log ends, so that live entries extend it. */
  get following() {
    return this.#following;
  }

  /** Takes a live entry. */
  apply(message) {
    const missed = message.seq > this.#head + 1;
    this.#head = Math.max(this.#head, message.seq);
    if (!this.#following) {
      if (amends(message) && this.#window.takeAmendment(message)) {
        this.emit("change");
      }
      if (missed) {
        this.readOn();
      }
      return;
    }
    this.#window.keepAhead(message);
    if (this.#loaded && this.#window.takeAhead()) {
      this.emit("change");
    }
    this.#closeHole();
  }

  /** The log is known to reach at least to this entry. */
  announce(lastSeq) {
    this.#head = Math.max(this.#head, lastSeq);
    this.#closeHole();
  }

  /** Reads until nothing is missing; the newest page first where nothing is held yet. */
  readOn() {
    if (this.#readingOn) {
      this.#askedAgain = true;
      return this.#readingOn;
    }
    this.#askedAgain = false;
    this.#readingOn = this.#readAll().then((whole) => {
      this.#readingOn = null;
      if (this.#askedAgain && (this.#behind || !whole || !this.#following)) {
        this.readOn(); // it failed with the old connection, say, and was asked for by the new one
      } else if (this.#behind && whole) {
        this.#readings.againIn();
      }
    });
    return this.#readingOn;
  }

  /** Reads the page before the window; no use where the window begins elsewhere by then. */
  older() {
    if (this.#window.reachedStart || !this.#loaded) {
      return Promise.resolve();
    }
    return this.#readings.once("older", () => this.#readOlder(this.#generation));
  }

  /** Moves the window to where that entry is, unless it is held. */
  async jumpTo(seq) {
    if (!this.#window.entry(seq)) {
      await this.#readings.run(() => this.#startAt({ beforeSeq: seq + PAGE / 2 }));
    }
  }

  /** Moves the window to the log's end. */
  async latest() {
    if (!this.#following) {
      await this.#readings.run(() => this.#startAt({}));
    }
  }

  /** Reads the page after a window that does not follow. */
  async newer() {
    if (!this.#following) {
      await this.#readings.once("newer", () => this.#readNewer(this.#generation));
      this.#closeHole();
    }
  }

  /** Lets go of the oldest entries of a long window; for a reader who stands at the end. */
  trim() {
    if (this.#window.trim()) {
      this.emit("change");
    }
  }

  /** No more retries; the log may be thrown away. */
  close() {
    this.#generation++;
    this.#readings.close();
  }

  /** False where reading failed. */
  #readAll() {
    return this.#readings.run(async () => {
      let more = true;
      if (!this.#loaded) {
        await this.#startAt({}, this.#firstPage);
        more = this.#behind;
      } else if (!this.#following) {
        await this.#readAgain(this.#generation);
        more = this.#behind;
      }
      while (more) {
        more = await this.#readOnce(this.#generation);
      }
      return true;
    });
  }

  /** Whether there is more to read on. */
  async #readOnce(generation) {
    const from = this.#window.high;
    const page = await this.#read({ afterSeq: from, limit: READ_ON_PAGE });
    if (generation !== this.#generation || !this.#following) {
      return false;
    }
    if (page.lastSeq - from > READ_ON_MAX) {
      await this.#startAt({});
      return false;
    }
    this.#head = Math.max(this.#head, page.lastSeq);
    this.#window.append(page.messages, page.lastSeq);
    this.#window.takeAhead();
    this.emit("change");
    return this.#behind && this.#window.high > from;
  }

  /** What is held, as it is by now. */
  async #readAgain(generation) {
    for (let from = this.#window.low - 1; from < this.#window.high;) {
      const page = await this.#read({ afterSeq: from, limit: READ_ON_PAGE });
      if (generation !== this.#generation) {
        return;
      }
      this.#window.restate(page.messages, page.lastSeq);
      this.#head = Math.max(this.#head, page.lastSeq);
      from = page.messages.at(-1)?.seq ?? this.#window.high;
    }
    this.emit("change");
  }

  async #readNewer(generation) {
    const page = await this.#read({ afterSeq: this.#window.high, limit: PAGE });
    if (generation === this.#generation) {
      this.#window.append(page.messages, page.lastSeq);
      this.#head = Math.max(this.#head, page.lastSeq);
      this.#following = this.#window.high >= page.lastSeq;
      this.emit("change");
    }
  }

  async #readOlder(generation) {
    const { low } = this.#window;
    const page = await this.#read({ beforeSeq: low, limit: PAGE });
    if (generation === this.#generation && low === this.#window.low) {
      this.#window.prepend(page.messages, page.lastSeq);
      this.emit("change");
    }
  }

  /** Throws the window away for the page within the bounds. */
  async #startAt(bounds, limit = PAGE) {
    const generation = ++this.#generation;
    const page = await this.#read({ ...bounds, limit });
    if (generation !== this.#generation) {
      return false;
    }
    const end = bounds.beforeSeq === undefined || page.lastSeq < bounds.beforeSeq;
    this.#window.restart(page.messages, end ? page.lastSeq : 0, page.lastSeq);
    this.#head = Math.max(this.#head, page.lastSeq);
    this.#following = end;
    this.#loaded = true;
    this.#window.takeAhead();
    this.emit("change");
    this.#closeHole();
    return true;
  }

  get #behind() {
    return this.#loaded && this.#following && this.#window.high < this.#head;
  }

  #closeHole() {
    if (this.#behind) {
      this.readOn();
    }
  }
}
