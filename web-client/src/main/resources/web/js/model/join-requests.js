import { Emitter } from "../emitter.js";
import { GroupReading } from "./group-reading.js";
import { readPages } from "./pages.js";
import { may } from "./roles.js";

/** Requests listed at first, and how many more each time. */
export const PAGE = 50;

const STALE_MS = 300;

/**
 * Who asks to join the group that is looked at, oldest first, where the user may decide it:
 * `{requestId, user, inviterId?, message?, createdAt}`. Emits `change`, and `asked` with a group id
 * when somebody asks.
 */
export class JoinRequests extends Emitter {
  #connection;
  #conversations;
  #people;
  #reading;
  #groupId = null;
  /** How many to list, where there are as many. */
  #wanted = PAGE;

  constructor(connection, conversations, people) {
    super();
    this.#connection = connection;
    this.#conversations = conversations;
    this.#people = people;
    this.#reading = new GroupReading(connection, conversations, {
      read: (groupId) => this.#read(groupId),
      none: { requests: [], hasMore: false },
      staleMs: STALE_MS,
    });
    this.#reading.on("change", () => this.emit("change"));
    connection.on("event:join_request", ({ groupId }) => {
      this.emit("asked", groupId);
      this.#soon(groupId);
    });
    connection.on("event:message", ({ groupId, content }) => {
      if (content.kind === "members_joined" && this.list.length > 0) {
        this.#soon(groupId); // another admin may have let them in
      }
    });
    conversations.on("change", () => this.#look());
  }

  get list() {
    return this.#reading.value.requests;
  }

  /** `{loaded, problem}` of the reading. */
  get reading() {
    return this.#reading;
  }

  /** Whether more wait than are listed. */
  get hasMore() {
    return this.#reading.value.hasMore;
  }

  /** "3", or "50+" where more wait than are listed. */
  get countText() {
    return this.list.length === 0 ? "" : `${this.list.length}${this.hasMore ? "+" : ""}`;
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    if (groupId !== this.#groupId) {
      this.#groupId = groupId;
      this.#wanted = PAGE;
      this.#look();
    }
  }

  /** Lets somebody in, or does not. Rejects with a RequestError; the list is right afterwards. */
  async decide(requestId, accept) {
    try {
      await this.#connection.request("group.decide", { requestId, accept });
    } catch (error) {
      this.reload(); // somebody else was first, say
      throw error;
    }
    this.#reading.change(({ requests, hasMore }) => ({
      requests: requests.filter((each) => each.requestId !== requestId),
      hasMore,
    }));
    if (this.list.length === 0 && this.hasMore) {
      this.reload();
    }
  }

  /** Reads as many as are listed anew; rejects never. */
  reload() {
    return this.#reading.reload();
  }

  /** Lists more of them; rejects never. */
  more() {
    this.#wanted = this.list.length + PAGE;
    return this.reload();
  }

  async #read(groupId) {
    const ask = (page) => this.#connection.request("group.requests", { groupId, ...page });
    const { items: requests, hasMore } = await readPages(ask, "requests", this.#wanted);
    this.#people.add(requests.map(({ user }) => user));
    return { requests, hasMore };
  }

  /** The user may have become an admin, or be one no more. */
  #look() {
    const role = this.#conversations.get(this.#groupId)?.role;
    this.#reading.show(may(role, "manage") ? this.#groupId : null);
  }

  #soon(groupId) {
    if (groupId === this.#reading.groupId) {
      this.#reading.stale();
    }
  }
}
