import { GroupLog, PAGE } from "./log.js";

/** Logs held at most; the one not looked at for longest is let go. */
const LOGS_MAX = 20;

const FIRST_PAGE_MAX = 200;

/** The logs of the groups that were looked at, fed with live entries. */
export class Logs {
  #connection;
  #me;
  #byGroup = new Map();
  #open = null;

  /** @param me gives the id of the reader */
  constructor(connection, conversations, me) {
    this.#connection = connection;
    this.#me = me;
    connection.on("event:message", (message) => this.#byGroup.get(message.groupId)?.apply(message));
    connection.on("event:resync", ({ groupId, lastSeq }) => {
      this.#byGroup.get(groupId)?.announce(lastSeq);
      this.#byGroup.get(groupId)?.readOn();
    });
    connection.on("open", () => this.#byGroup.get(this.#open)?.readOn());
    conversations.on("removed", ({ groupId }) => this.#drop(groupId));
  }

  /**
   * The log of a group, which from now on is read on after every reconnect. The others repair
   * themselves when they are opened again, or by their next live entry.
   *
   * @param unread how many entries the first page should reach back to
   */
  open(groupId, unread = 0) {
    const log = this.#byGroup.get(groupId) ?? this.#make(groupId, unread);
    this.#byGroup.delete(groupId);
    this.#byGroup.set(groupId, log); // the last in the map is the last that was looked at
    this.#open = groupId;
    if (this.#byGroup.size > LOGS_MAX) {
      this.#drop(this.#byGroup.keys().next().value);
    }
    log.readOn();
    return log;
  }

  get(groupId) {
    return this.#byGroup.get(groupId);
  }

  clear() {
    [...this.#byGroup.keys()].forEach((groupId) => this.#drop(groupId));
    this.#open = null;
  }

  #make(groupId, unread) {
    const read = (bounds) => this.#connection.request("message.history", { groupId, ...bounds });
    return new GroupLog(read, { firstPage: Math.min(FIRST_PAGE_MAX, PAGE + unread), me: this.#me });
  }

  #drop(groupId) {
    this.#byGroup.get(groupId)?.close();
    this.#byGroup.delete(groupId);
  }
}
