import { Emitter } from "../emitter.js";
import { delayMs } from "../net/backoff.js";
import { newKey } from "../random.js";

/** The server knows a client key for a day; after that a repeat could be paid twice. */
export const REPEAT_WITHIN_MS = 23 * 3_600_000;

/**
 * "Too often" is said by the gateway, which knows nothing of keys, for moments; and by slow mode, for
 * longer, only where the key is new.
 */
const MOMENTS_MS = 5_000;

/** The field that holds the client's key. */
const KEYS = { "redpacket.send": "clientPacketId", "wallet.topup": "clientTransferId" };

/**
 * Requests that move money. Each is kept in this browser, with its key, from before it is sent until
 * the server has answered it, and repeated with the same key after a lost connection, a lost answer
 * or a reload: it is carried out once, or refused, and never twice.
 *
 * An item is `{key, op, data, createdAt, sent, unattended?}`: `sent` is whether it may have reached
 * the server, `unattended` that nobody looks at the dialog it was begun in. Emits `done` with
 * `{item, reply}`, and `failed` with `{item, error}`.
 */
export class Payments extends Emitter {
  #connection;
  #storage;
  #prefix = null;
  #items = new Map();
  #attempts = new Map();
  #timers = new Map();

  constructor(connection, storage) {
    super();
    this.#connection = connection;
    this.#storage = storage;
    connection.on("open", () => this.#items.forEach((item) => this.#carryOut(item.key)));
  }

  /** Takes up what this user had no answer to. */
  load(userId) {
    this.#prefix = `hongbao.payments.${userId}.`;
    this.#storage
      .keys(this.#prefix)
      .map((name) => this.#storage.get(name))
      .filter((item) => KEYS[item?.op])
      .forEach((item) => this.#items.set(item.key, { ...item, unattended: true }));
  }

  /** Forgets everything in memory; what has no answer stays in the browser for its user. */
  unload() {
    this.#prefix = null;
    this.#items.clear();
    this.#attempts.clear();
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  /** Begins a payment and returns its key; `done` or `failed` follows. */
  pay(op, data) {
    const item = { key: newKey(), op, data, createdAt: Date.now(), sent: false };
    this.#keep(item);
    this.#carryOut(item.key);
    return item.key;
  }

  /**
   * Nobody waits for it any more: it is taken back where it never left, and goes on where it may
   * have. Returns whether it goes on.
   */
  leave(key) {
    const item = this.#items.get(key);
    if (item?.sent) {
      this.#keep({ ...item, unattended: true });
    } else if (item) {
      this.#forget(item);
    }
    return item?.sent ?? false;
  }

  async #carryOut(key) {
    const item = this.#items.get(key);
    if (!item || this.#attempts.get(key)?.running || this.#connection.state !== "open") {
      return; // the next connection carries it out
    }
    if (Date.now() - item.createdAt > REPEAT_WITHIN_MS) {
      this.#forget(item);
      this.emit("failed", { item, error: { code: "too_late" } });
      return;
    }
    const count = (this.#attempts.get(key)?.count ?? 0) + 1;
    this.#attempts.set(key, { count, running: true });
    this.#keep({ ...item, sent: true });
    const { reply, error } = await this.#ask(item);
    const answered = this.#items.get(key);
    if (!answered) {
      return; // its user logged out
    }
    this.#attempts.set(key, { count, running: false });
    if (isOpen(error, item.sent)) {
      this.#later(key, error.retryAfterMs ?? delayMs(count));
    } else {
      this.#forget(answered);
      this.emit(error ? "failed" : "done", { item: answered, reply, error });
    }
  }

  async #ask({ op, key, data }) {
    try {
      return { reply: await this.#connection.request(op, { ...data, [KEYS[op]]: key }) };
    } catch (error) {
      return { error };
    }
  }

  #later(key, ms) {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => this.#carryOut(key), ms),
    );
  }

  #keep(item) {
    this.#items.set(item.key, item);
    this.#storage.set(this.#prefix + item.key, item);
  }

  #forget({ key }) {
    this.#items.delete(key);
    this.#attempts.delete(key);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#storage.remove(this.#prefix + key);
  }
}

/**
 * Whether the server may have done it all the same.
 *
 * @param repeated it was sent before, and the gateway's "too often" says nothing about that
 */
function isOpen(error, repeated) {
  if (error?.code === "rate_limited") {
    return repeated && error.retryAfterMs <= MOMENTS_MS;
  }
  return error !== undefined && (error.passing || error.code === "internal");
}
