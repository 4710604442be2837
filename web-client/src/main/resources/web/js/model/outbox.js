import { Emitter } from "../emitter.js";
import { newKey } from "../random.js";

/** Messages kept at most until they are sent; a further one is refused. */
export const OUTBOX_MAX = 200;

/** The server knows a client key for a day; after that a repeat could be a second message. */
export const RESEND_WITHIN_MS = 23 * 3_600_000;

const RETRY_MS = 2_000;
const NEXT_LINK_MS = 200;

/**
 * The user's messages on their way. Each is kept in the browser until the server has acknowledged
 * it, and sent again, with the same key, after a lost connection or a reload: none is lost, and none
 * is sent twice. Within a group they go one after the other, so their order holds.
 *
 * An item is `{clientMessageId, groupId, type, content, replyToSeq?, mentions?, createdAt, state,
 * problem?, seq?}`; its state is `sending`, `sent` (acknowledged, `seq` is known, shown until its
 * entry is held) or `failed` (refused; the person decides). Emits `change` with a group id, `sent`
 * with the item, and `refused` with `{groupId, error}`.
 */
export class Outbox extends Emitter {
  #connection;
  #storage;
  #prefix = null;
  #items = new Map();
  #busy = new Set();
  #timers = new Map();

  constructor(connection, storage) {
    super();
    this.#connection = connection;
    this.#storage = storage;
    connection.on("open", () => this.flush());
  }

  /** Takes up what this user left unsent. */
  load(userId) {
    this.#prefix = `hongbao.outbox.${userId}.`;
    this.#items = new Map(
      this.#storage
        .keys(this.#prefix)
        .map((key) => this.#storage.get(key))
        .filter((item) => item?.clientMessageId)
        .sort((a, b) => a.createdAt - b.createdAt)
        .map((item) => [item.clientMessageId, item]),
    );
  }

  /** Forgets everything in memory; what is unsent stays in the browser for its user. */
  unload() {
    this.#prefix = null;
    this.#items.clear();
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  of(groupId) {
    return [...this.#items.values()].filter((item) => item.groupId === groupId);
  }

  /** Sends a message, now or as soon as there is a connection. False where too many wait already. */
  add(groupId, message) {
    if (this.#items.size >= OUTBOX_MAX) {
      return false;
    }
    const last = Math.max(0, ...[...this.#items.values()].map(({ createdAt }) => createdAt));
    const createdAt = Math.max(Date.now(), last + 1);
    this.#put({ clientMessageId: newKey(), groupId, ...message, createdAt, state: "sending" });
    this.#sendNext(groupId);
    return true;
  }

  /** Sends everything that waits. */
  flush() {
    const groups = new Set([...this.#items.values()].map(({ groupId }) => groupId));
    groups.forEach((groupId) => this.#sendNext(groupId));
  }

  /** The person wants a failed message to be tried again. */
  retry(clientMessageId) {
    const item = this.#items.get(clientMessageId);
    if (item?.state === "failed") {
      this.#put({ ...item, state: "sending", problem: undefined, createdAt: Date.now() });
      this.#sendNext(item.groupId);
    }
  }

  /** Gives up a message that was not sent, or lets go of one whose entry is held. */
  discard(clientMessageId) {
    const item = this.#items.get(clientMessageId);
    if (item) {
      this.#items.delete(clientMessageId);
      this.#storage.remove(this.#prefix + clientMessageId);
      this.emit("change", item.groupId);
    }
  }

  async #sendNext(groupId) {
    const item = this.of(groupId).find(({ state }) => state === "sending");
    if (!item || this.#busy.has(groupId) || this.#timers.has(groupId)) {
      return;
    }
    if (Date.now() - item.createdAt > RESEND_WITHIN_MS) {
      this.#put({ ...item, state: "failed", problem: "It could not be sent for a day." });
      this.#sendNext(groupId);
      return;
    }
    this.#busy.add(groupId);
    const again = await this.#send(item);
    this.#busy.delete(groupId);
    if (again === 0) {
      this.#sendNext(groupId);
    } else if (again > 0) {
      this.#later(groupId, again);
    }
  }

  /** Milliseconds until the group's next attempt; negative where the next connection makes it. */
  async #send({ state, problem, createdAt, ...message }) {
    const key = message.clientMessageId;
    const held = () => this.#items.get(key); // gone when it was discarded, or its user logged out
    try {
      const { seq, sentAt } = await this.#connection.request("message.send", message);
      if (held()) {
        const item = { ...held(), state: "sent", seq, sentAt };
        this.#items.set(key, item);
        this.#storage.remove(this.#prefix + key);
        this.emit("sent", item);
        this.emit("change", item.groupId);
      }
      return 0;
    } catch (error) {
      if (error.code === "disconnected") {
        return this.#connection.state === "open" ? NEXT_LINK_MS : -1;
      }
      if (error.passing) {
        return error.retryAfterMs ?? RETRY_MS;
      }
      if (held()) {
        this.#put({ ...held(), state: "failed", problem: error.message });
        this.emit("refused", { groupId: message.groupId, error });
      }
      return 0;
    }
  }

  #later(groupId, ms) {
    const timer = setTimeout(() => {
      this.#timers.delete(groupId);
      this.#sendNext(groupId);
    }, ms);
    this.#timers.set(groupId, timer);
  }

  #put(item) {
    this.#items.set(item.clientMessageId, item);
    this.#storage.set(this.#prefix + item.clientMessageId, item);
    this.emit("change", item.groupId);
  }
}
