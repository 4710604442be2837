import { Emitter } from "../emitter.js";
import { PagedItems } from "./paged-items.js";

/**
 * What the user has. The balance is asked for by whoever needs it, and known from then on: live
 * `wallet` events change it, and each new connection asks again. Emits `change`.
 */
export class Wallet extends Emitter {
  /** Undefined until the server has told. */
  balanceFen = undefined;
  #connection;
  #heard = 0;
  #wanted = false;

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on("event:wallet", ({ balanceFen }) => {
      this.#heard++;
      this.#set(balanceFen);
    });
    connection.on("open", () => this.#wanted && this.refresh());
  }

  /** Asks for the balance; rejects never. */
  async refresh() {
    this.#wanted = true;
    const heardBefore = this.#heard;
    try {
      const { balanceFen } = await this.#connection.request("wallet.get", {});
      if (this.#heard === heardBefore) {
        this.#set(balanceFen); // else an event was faster, and the answer may be older
      }
    } catch {
      // the next connection, or the next who needs it, asks again
    }
  }

  /** What changed the balance, newest first. */
  entries() {
    return new PagedItems(async (page) => {
      const { entries, nextCursor } = await this.#connection.request("wallet.entries", page);
      return { items: entries, nextCursor };
    });
  }

  clear() {
    this.#wanted = false;
    this.balanceFen = undefined;
  }

  #set(balanceFen) {
    this.balanceFen = balanceFen;
    this.emit("change");
  }
}
