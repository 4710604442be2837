import { Emitter } from "../emitter.js";

const PAGE = 50;
const AGAIN_PAGE = 200;

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

  async #append() {
    const page = await this.#read({ cursor: this.#nextCursor, limit: PAGE });
    this.#take([...this.items, ...page.items], page);
  }

  async #readAgain() {
    this.#stale = false;
    try {
      await this.#readHeld();
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  async #readHeld() {
    const wanted = Math.max(PAGE, this.items.length);
    const items = [];
    let page = {};
    do {
      const limit = Math.min(AGAIN_PAGE, wanted - items.length);
      page = await this.#read({ cursor: page.nextCursor, limit });
      items.push(...page.items);
    } while (page.nextCursor && items.length < wanted);
    this.#take(items, page);
  }

  #take(held, { items, nextCursor, ...head }) {
    this.items = held;
    this.head = head;
    this.#nextCursor = nextCursor;
    this.loaded = true;
  }
}
