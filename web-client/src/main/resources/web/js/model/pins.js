import { Emitter } from "../emitter.js";
import { amended } from "./amendments.js";
import { GroupReading } from "./group-reading.js";
import { readPages } from "./pages.js";

/** As many as a group may have. */
const PINS_MAX = 100;

const STALE_MS = 200;

/**
 * What owner and admins hold up in the group that is looked at: `{message, userId, pinnedAt}`, pinned
 * last first; their reactions are not kept up. Emits `change`.
 */
export class Pins extends Emitter {
  #reading;

  constructor(connection, conversations) {
    super();
    this.#reading = new GroupReading(connection, conversations, {
      read: (groupId) => readPins(connection, groupId),
      none: [],
      staleMs: STALE_MS,
    });
    this.#reading.on("change", () => this.emit("change"));
    connection.on("event:message", (message) => this.#apply(message));
  }

  get list() {
    return this.#reading.value;
  }

  /** `{loaded, problem}` of the reading. */
  get reading() {
    return this.#reading;
  }

  has(seq) {
    return this.list.some(({ message }) => message.seq === seq);
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    this.#reading.show(groupId);
  }

  #apply(entry) {
    const { groupId, type, content } = entry;
    if (groupId !== this.#reading.groupId) {
      return;
    }
    if (content.kind === "message_pinned") {
      this.#reading.stale();
    } else if (content.kind === "message_unpinned" || type === "recall") {
      this.#reading.change((pins) => pins.filter(({ message }) => message.seq !== content.seq));
    } else if (type === "edit") {
      this.#reading.change((pins) =>
        pins.map((pin) =>
          pin.message.seq === content.seq ? { ...pin, message: amended(pin.message, entry) } : pin,
        ),
      );
    }
  }
}

async function readPins(connection, groupId) {
  const ask = (page) => connection.request("message.pinned", { groupId, ...page });
  return (await readPages(ask, "pinned", PINS_MAX)).items;
}
