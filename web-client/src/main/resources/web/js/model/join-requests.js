import { Emitter } from "../emitter.js";
import { may } from "./roles.js";

const PAGE = 50;

const RELOAD_MS = 300;

/**
 * Who asks to join the group that is looked at, oldest first, where the user may decide it:
 * `{requestId, user, inviterId?, message?, createdAt}`. Emits `change`, and `asked` with a group id
 * when somebody asks.
 */
export class JoinRequests extends Emitter {
  #connection;
  #conversations;
  #people;
  #groupId = null;
  #requests = [];
  #nextCursor;
  #timer = null;
  #mayDecide = false;

  constructor(connection, conversations, people) {
    super();
    this.#connection = connection;
    this.#conversations = conversations;
    this.#people = people;
    connection.on("open", () => this.reload());
    connection.on("event:join_request", ({ groupId }) => {
      this.emit("asked", groupId);
      this.#soon(groupId);
    });
    connection.on("event:message", ({ groupId, content }) => {
      if (content.kind === "members_joined" && this.#requests.length > 0) {
        this.#soon(groupId); // another admin may have let them in
      }
    });
    conversations.on("change", () => this.#look());
  }

  get list() {
    return this.#requests;
  }

  /** Whether more wait than are listed. */
  get hasMore() {
    return this.#nextCursor !== undefined;
  }

  /** "3", or "50+" where more wait than are listed. */
  get countText() {
    return this.#requests.length === 0 ? "" : `${this.#requests.length}${this.hasMore ? "+" : ""}`;
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    if (groupId !== this.#groupId) {
      this.#groupId = groupId;
      this.#mayDecide = false;
      this.#set([]);
      this.#look();
    }
  }

  /** Lets somebody in, or does not. Rejects with a RequestError; the list is right afterwards. */
  async decide(requestId, accept) {
    try {
      await this.#connection.request("group.decide", { requestId, accept });
      this.#set(
        this.#requests.filter((each) => each.requestId !== requestId),
        this.#nextCursor,
      );
    } catch (error) {
      this.reload(); // somebody else was first, say
      throw error;
    }
  }

  /** Reads the list from its beginning; rejects never. */
  async reload() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#mayDecide) {
      await this.#read(undefined).catch(() => {}); // the next connection, or request, reads it again
    }
  }

  /** Reads the next page. */
  async more() {
    if (this.hasMore) {
      await this.#read(this.#nextCursor);
    }
  }

  async #read(cursor) {
    const groupId = this.#groupId;
    const page = await this.#connection.request("group.requests", { groupId, cursor, limit: PAGE });
    if (groupId === this.#groupId) {
      this.#people.add(page.requests.map(({ user }) => user));
      this.#set(cursor ? [...this.#requests, ...page.requests] : page.requests, page.nextCursor);
    }
  }

  /** The user may have become an admin, or be one no more. */
  #look() {
    const mayDecide = may(this.#conversations.get(this.#groupId)?.role, "manage");
    if (mayDecide !== this.#mayDecide) {
      this.#mayDecide = mayDecide;
      this.#set([]);
      this.reload();
    }
  }

  #soon(groupId) {
    if (groupId === this.#groupId) {
      this.#timer ??= setTimeout(() => this.reload(), RELOAD_MS * (1 + Math.random()));
    }
  }

  #set(requests, nextCursor) {
    this.#requests = requests;
    this.#nextCursor = nextCursor;
    this.emit("change");
  }
}
