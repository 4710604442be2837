import { Emitter } from "../emitter.js";

const PAGE = 50;
const PAGE_MAX = 200;

/** A list that the server gives page by page. Emits `change`. */
export class PagedItems extends Emitter {
  items = [];
  /** What came with the last page beside its items. */
  head = {};
  /** Whether its beginning has been read. */
  loaded = false;
  /** What kept the last page from being read, or null. */
  problem = null;
  #read;
  #nextCursor;
  #reading = null;
  #stale = false;

  /** @param read takes `{cursor, limit}`; resolves with `{items, nextCursor, …}` */
  constructor(read) {
    super();
    this.#read = read;
  }

  get reading() {
    return this.#reading !== null;
  }

  /** Whether there is more to read than is held. */
  get hasMore() {
    return !this.loaded || this.#nextCursor !== undefined;
  }

  /** Reads the next page, or anew what could not be read anew; rejects never. */
  more() {
    if (this.#stale) {
      return this.refresh();
    }
    return this.hasMore ? this.#once(() => this.#append()) : Promise.resolve();
  }

  /** Reads anew what is held: something has changed. */
  refresh() {
    this.#stale = true;
    return this.#once(() => this.#readAgain());
  }

  #once(reading) {
    this.#reading ??= this.#guard(reading).then(() => {
      this.#reading = null;
      this.emit("change");
      return this.#stale && !this.problem ? this.refresh() : undefined;
    });
    return this.#reading;
  }

  async #guard(reading) {
    try {
      await reading();
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  #append() {
    return this.#readUntil(this.items.length + 1, this.items, this.#nextCursor);
  }

  async #readAgain() {
    this.#stale = false;
    try {
      await this.#readUntil(Math.max(1, this.items.length), [], undefined);
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  /** Reads on from a cursor, a page at least, until so many are held: a page may have nothing in it. */
  async #readUntil(wanted, held, cursor) {
    const items = [...held];
    let page = { nextCursor: cursor };
    do {
      const limit = Math.min(PAGE_MAX, Math.max(PAGE, wanted - items.length));
      page = await this.#read({ cursor: page.nextCursor, limit });
      items.push(...page.items);
    } while (page.nextCursor !== undefined && items.length < wanted);
    this.#take(items, page);
  }

  #take(held, { items, nextCursor, ...head }) {
    this.items = held;
    this.head = head;
    this.#nextCursor = nextCursor;
    this.loaded = true;
  }
}
