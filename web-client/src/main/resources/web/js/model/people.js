import { Emitter } from "../emitter.js";

/** Ids asked for at once. */
const BATCH_MAX = 100;
const GATHER_MS = 30;

/** Users held at most; beyond, all are forgotten and asked for again as needed. */
const PEOPLE_MAX = 5_000;

/** Nobody tells when somebody takes another picture: who is still looked at is asked for again. */
const FRESH_MS = 600_000;

/** Somebody whose picture is not to be had any more is asked for again at most this often. */
const RENEW_MS = 60_000;

/**
 * Who is behind a user id. Who is looked at is asked for, many at once; emits `change` when they come,
 * or turn out to have changed.
 */
export class People extends Emitter {
  #connection;
  #users = new Map();
  #wanted = new Set();
  /** When each was asked for; of members, who come with other answers, the picture is not known. */
  #asOf = new Map();
  #timer = null;

  constructor(connection) {
    super();
    this.#connection = connection;
    connection.on("open", ({ user }) => {
      this.add([user]);
      this.#ask();
    });
  }

  /** The user as far as known: `undefined` until the server has answered. */
  get(userId) {
    if (userId && this.#isOlder(userId, FRESH_MS)) {
      this.#want(userId);
    }
    return this.#users.get(userId);
  }

  /** The picture of somebody is not to be had any more where it was. */
  renew(userId) {
    if (this.#isOlder(userId, RENEW_MS)) {
      this.#want(userId);
    }
  }

  /** A nickname to show, or "…" until it is known. */
  name(userId) {
    return this.get(userId)?.nickname ?? "…";
  }

  /** Takes users, or members, that came with an answer. */
  add(users) {
    if (this.#users.size + users.length > PEOPLE_MAX) {
      this.#users.clear();
      this.#asOf.clear();
    }
    const news = users.filter((user) => isNews(user, this.#users.get(user.userId)));
    users.forEach((user) =>
      this.#users.set(user.userId, { ...this.#users.get(user.userId), ...user }),
    );
    if (news.length > 0) {
      this.emit("change");
    }
  }

  #isOlder(userId, ms) {
    return Date.now() - (this.#asOf.get(userId) ?? -Infinity) > ms;
  }

  #want(userId) {
    if (!this.#wanted.has(userId)) {
      this.#wanted.add(userId);
      this.#timer ??= setTimeout(() => this.#ask(), GATHER_MS);
    }
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#wanted.size > 0) {
      const userIds = [...this.#wanted].slice(0, BATCH_MAX);
      try {
        const { users } = await this.#connection.request("user.get", { userIds });
        userIds.forEach((userId) => {
          this.#wanted.delete(userId);
          this.#asOf.set(userId, Date.now());
        });
        this.add(users);
      } catch (error) {
        if (error.code !== "disconnected") {
          userIds.forEach((userId) => this.#wanted.delete(userId)); // the next look asks again
        }
        return;
      }
    }
  }
}

/** Members tell nothing of their pictures. */
function isNews({ nickname, avatarUrl }, held) {
  return held?.nickname !== nickname || (avatarUrl !== undefined && avatarUrl !== held.avatarUrl);
}
