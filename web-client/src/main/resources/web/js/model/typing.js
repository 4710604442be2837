import { Emitter } from "../emitter.js";

/** How often it is told that this user types, and how long it holds for another. */
const TELL_EVERY_MS = 3_000;
const HOLDS_MS = 5_000;

/** Who is typing where. Emits `change` with a group id. */
export class Typing extends Emitter {
  #connection;
  #toldAt = new Map();
  #typers = new Map();

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on("event:typing", ({ groupId, userId }) => this.#set(groupId, userId));
    connection.on("event:message", ({ groupId, senderId }) => this.#unset(groupId, senderId));
  }

  /** Ids of those who type in that group just now. */
  in(groupId) {
    return [...(this.#typers.get(groupId)?.keys() ?? [])];
  }

  /** This user has typed something. */
  tell(groupId) {
    if (Date.now() - (this.#toldAt.get(groupId) ?? 0) >= TELL_EVERY_MS) {
      this.#toldAt.set(groupId, Date.now());
      this.#connection.request("typing", { groupId }).catch(() => {}); // not worth repeating
    }
  }

  /** This user has sent it: the next thing typed is told at once. */
  sent(groupId) {
    this.#toldAt.delete(groupId);
  }

  #set(groupId, userId) {
    const typers = this.#typers.get(groupId) ?? new Map();
    this.#typers.set(groupId, typers);
    clearTimeout(typers.get(userId));
    typers.set(
      userId,
      setTimeout(() => this.#unset(groupId, userId), HOLDS_MS),
    );
    this.emit("change", groupId);
  }

  #unset(groupId, userId) {
    const typers = this.#typers.get(groupId);
    if (typers?.has(userId)) {
      clearTimeout(typers.get(userId));
      typers.delete(userId);
      this.emit("change", groupId);
    }
  }
}
