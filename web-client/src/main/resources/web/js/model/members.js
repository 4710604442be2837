import { Emitter } from "../emitter.js";

const PAGE = 200;

/** Members read at most for lists and completion; larger groups show this many. */
export const MEMBERS_MAX = 1_000;

const RELOAD_MS = 500;

const MEMBERSHIP = new Set([
  "members_joined",
  "member_left",
  "members_removed",
  "role_changed",
  "owner_changed",
]);

/** The members of the group that is looked at. Emits `change`. */
export class Members extends Emitter {
  #connection;
  #people;
  #groupId = null;
  #members = [];
  #timer = null;

  constructor(connection, people) {
    super();
    this.#connection = connection;
    this.#people = people;
    connection.on("open", () => this.#reload());
    connection.on("event:message", ({ groupId, type, content }) => {
      if (groupId === this.#groupId && type === "system" && MEMBERSHIP.has(content.kind)) {
        this.#timer ??= setTimeout(() => this.#reload(), RELOAD_MS * (1 + Math.random()));
      }
    });
  }

  get list() {
    return this.#members;
  }

  get(userId) {
    return this.#members.find((member) => member.userId === userId);
  }

  /** The name somebody goes by in this group. */
  name(userId) {
    return this.get(userId)?.groupNickname ?? this.#people.name(userId);
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    if (groupId !== this.#groupId) {
      this.#groupId = groupId;
      this.#members = [];
      this.#reload();
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
      const members = await this.#read(groupId);
      if (groupId === this.#groupId) {
        this.#members = members;
        this.#people.add(members.map(({ userId, nickname }) => ({ userId, nickname })));
        this.emit("change");
      }
    } catch {
      // the list stays as it is; the next connection, or the next change, reads it again
    }
  }

  async #read(groupId) {
    const members = [];
    let cursor;
    do {
      const page = await this.#connection.request("group.members", {
        groupId,
        cursor,
        limit: PAGE,
      });
      members.push(...page.members);
      cursor = page.nextCursor;
    } while (cursor && members.length < MEMBERS_MAX);
    return members;
  }
}
