import { Emitter } from "../emitter.js";

const PAGE = 200;

/** Members read at most for lists and completion; larger groups show this many. */
export const MEMBERS_MAX = 1_000;

const RELOAD_MS = 500;

/**
 * The members of the group that is looked at: read once, then kept up by the entries of its log. Only
 * who joins is read anew, for the names. Emits `change`.
 */
export class Members extends Emitter {
  #connection;
  #people;
  #groupId = null;
  #members = [];
  #timer = null;
  #reading = 0;

  constructor(connection, people) {
    super();
    this.#connection = connection;
    this.#people = people;
    connection.on("open", () => this.reload());
    connection.on("event:message", (message) => this.#apply(message));
  }

  get groupId() {
    return this.#groupId;
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
      this.reload();
    }
  }

  async reload() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const groupId = this.#groupId;
    if (!groupId) {
      return;
    }
    this.#reading++;
    try {
      const members = await this.#read(groupId);
      if (groupId === this.#groupId) {
        this.#members = members;
        this.#people.add(members.map(({ userId, nickname }) => ({ userId, nickname })));
        this.emit("change");
      }
    } catch {
      // the list stays as it is; the next connection, or the next change, reads it again
    } finally {
      this.#reading--;
    }
  }

  #apply({ groupId, type, content }) {
    if (groupId !== this.#groupId || type !== "system") {
      return;
    }
    const change = CHANGES[content.kind];
    if (content.kind === "members_joined" || (change && this.#reading > 0)) {
      this.#timer ??= setTimeout(() => this.reload(), RELOAD_MS * (1 + Math.random()));
    }
    if (change) {
      this.#members = change(this.#members, content);
      this.emit("change");
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

/** What system entries make of the members. */
const CHANGES = {
  member_left: (members, { actorId }) => members.filter(({ userId }) => userId !== actorId),
  members_removed: (members, { targetIds = [] }) =>
    members.filter(({ userId }) => !targetIds.includes(userId)),
  role_changed: (members, { targetIds = [], role }) => altered(members, targetIds, { role }),
  owner_changed: (members, { actorId, targetIds = [] }) =>
    altered(altered(members, [actorId], { role: "admin" }), targetIds, {
      role: "owner",
      mutedUntilAt: undefined,
    }),
  member_muted: (members, { targetIds = [], untilAt }) =>
    altered(members, targetIds, { mutedUntilAt: untilAt || undefined }),
};

function altered(members, userIds, changes) {
  return members.map((member) =>
    userIds.includes(member.userId) ? { ...member, ...changes } : member,
  );
}
