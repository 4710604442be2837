import { Emitter } from "../emitter.js";
import { amended, amends } from "./amendments.js";

/** Pins read for the bar and the list; a group may have a few more. */
const PAGE = 100;

const RELOAD_MS = 200;

/**
 * What owner and admins hold up in the group that is looked at: `{message, userId, pinnedAt}`, pinned
 * last first. Emits `change`.
 */
export class Pins extends Emitter {
  #connection;
  #groupId = null;
  #pins = [];
  #timer = null;

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on("open", () => this.#reload());
    connection.on("event:message", (message) => this.#apply(message));
  }

  get list() {
    return this.#pins;
  }

  has(seq) {
    return this.#pins.some(({ message }) => message.seq === seq);
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    if (groupId !== this.#groupId) {
      this.#groupId = groupId;
      this.#set([]);
      this.#reload();
    }
  }

  #apply(entry) {
    const { groupId, type, content } = entry;
    if (groupId !== this.#groupId) {
      return;
    }
    if (content.kind === "message_pinned") {
      this.#timer ??= setTimeout(() => this.#reload(), RELOAD_MS * (1 + Math.random()));
    } else if (
      content.kind === "message_unpinned" ||
      (type === "recall" && this.has(content.seq))
    ) {
      this.#set(this.#pins.filter(({ message }) => message.seq !== content.seq));
    } else if (amends(entry) && this.has(content.seq)) {
      this.#set(
        this.#pins.map((pin) =>
          pin.message.seq === content.seq ? { ...pin, message: amended(pin.message, entry) } : pin,
        ),
      );
    }
  }

  async #reload() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const groupId = this.#groupId;
    if (!groupId) {
      return;
    }
    try {
      const { pinned } = await this.#connection.request("message.pinned", { groupId, limit: PAGE });
      if (groupId === this.#groupId) {
        this.#set(pinned);
      }
    } catch {
      // the bar stays as it is; the next connection, or the next pin, reads it again
    }
  }

  #set(pins) {
    this.#pins = pins;
    this.emit("change");
  }
}
