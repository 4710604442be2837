import { Emitter } from "../emitter.js";
import { GroupReading } from "./group-reading.js";
import { readPages } from "./pages.js";

/** Members read at most for lists and completion; larger groups show this many. */
const MEMBERS_MAX = 1_000;

const STALE_MS = 500;

/**
 * The members of the group that is looked at: read once, then kept up by the entries of its log; where
 * somebody joins they are read anew, for the names. Emits `change`.
 */
export class Members extends Emitter {
  #connection;
  #people;
  #reading;

  constructor(connection, conversations, people) {
    super();
    this.#connection = connection;
    this.#people = people;
    this.#reading = new GroupReading(connection, conversations, {
      read: (groupId) => this.#read(groupId),
      none: [],
      staleMs: STALE_MS,
    });
    this.#reading.on("change", () => this.emit("change"));
    connection.on("event:message", (message) => this.#apply(message));
  }

  get groupId() {
    return this.#reading.groupId;
  }

  get list() {
    return this.#reading.value;
  }

  /** `{loaded, problem}` of the reading. */
  get reading() {
    return this.#reading;
  }

  get(userId) {
    return this.list.find((member) => member.userId === userId);
  }

  /** The name somebody goes by in this group. */
  name(userId) {
    return this.get(userId)?.groupNickname ?? this.#people.name(userId);
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    this.#reading.show(groupId);
  }

  reload() {
    return this.#reading.reload();
  }

  #apply({ groupId, type, content }) {
    if (groupId !== this.groupId || type !== "system") {
      return;
    }
    const change = CHANGES[content.kind];
    if (change) {
      this.#reading.change((members) => change(members, content));
    } else if (content.kind === "members_joined") {
      this.#reading.stale();
    }
  }

  async #read(groupId) {
    const ask = (page) => this.#connection.request("group.members", { groupId, ...page });
    const { items: members } = await readPages(ask, "members", MEMBERS_MAX);
    this.#people.add(members.map(({ userId, nickname }) => ({ userId, nickname })));
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
