import { Emitter } from "../emitter.js";
import { delayMs } from "../net/backoff.js";

/** What the server's answers lead to. */
const STATES = { grabbed: "grabbed", opened: "opened", empty: "gone", expired: "expired" };

/**
 * This user taking a place in a packet, and opening it. Both are asked for until the server has
 * answered for good: a crowd, a lost connection and a lost answer only take time, since a repeat gets
 * the first answer.
 *
 * `state` is `grabbing`, `crowded` (still grabbing; many want it), `grabbed` (a place is theirs),
 * `opening`, `opened` (`amountFen`), `gone`, `expired`, or `refused` (`error`). Emits `change`.
 */
export class Opening extends Emitter {
  state = "grabbing";
  amountFen = undefined;
  error = null;
  #connection;
  #packets;
  #packetId;
  #timer = null;
  #unlisten;
  #attempts = 0;
  #closed = false;

  constructor(connection, packets, packetId) {
    super();
    this.#connection = connection;
    this.#packets = packets;
    this.#packetId = packetId;
    this.#unlisten = connection.on("open", () => this.#ask());
    this.#ask();
  }

  /** Opens the place that was taken. */
  open() {
    if (this.state === "grabbed") {
      this.#become("opening");
      this.#ask();
    }
  }

  /** Asks no more; what was taken stays taken. */
  close() {
    this.#closed = true;
    this.#unlisten();
    clearTimeout(this.#timer);
  }

  get #op() {
    return { grabbing: "grab", crowded: "grab", opening: "open" }[this.state];
  }

  async #ask() {
    clearTimeout(this.#timer);
    const op = this.#op;
    if (!op || this.#closed) {
      return;
    }
    try {
      const packetId = this.#packetId;
      const reply = await this.#connection.request(`redpacket.${op}`, { packetId });
      this.#attempts = 0;
      this.#answered(reply);
    } catch (error) {
      this.#failed(error);
    }
  }

  #answered({ status, amountFen, openedAt }) {
    const state = STATES[status];
    if (state === "opened") {
      this.#packets.claimed(this.#packetId, { amountFen, openedAt: openedAt ?? Date.now() });
    } else if (state === "grabbed") {
      this.#packets.claimed(this.#packetId, {});
    }
    if (state !== "grabbed") {
      this.#packets.reload(this.#packetId);
    }
    if (!this.#closed && this.#op) {
      this.amountFen = amountFen;
      this.#become(state);
    }
  }

  #failed(error) {
    if (this.#closed || !this.#op) {
      return;
    }
    if (!error.passing) {
      this.error = error;
      this.#become("refused");
    } else if (error.code !== "disconnected" || this.#connection.state === "open") {
      const ms = error.retryAfterMs ?? delayMs(this.#attempts++);
      this.#timer = setTimeout(() => this.#ask(), ms);
      if (error.code === "rate_limited" && this.state === "grabbing") {
        this.#become("crowded");
      }
    }
  }

  #become(state) {
    this.state = state;
    this.emit("change");
  }
}
