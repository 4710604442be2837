import { Emitter } from "../emitter.js";

/** Ids asked for at once. */
const BATCH_MAX = 100;
const GATHER_MS = 30;

/** Users held at most; beyond, all are forgotten and asked for again as needed. */
const PEOPLE_MAX = 5_000;

/** Who is behind a user id. Unknown ones are asked for, many at once; emits `change` when they come. */
export class People extends Emitter {
  #connection;
  #users = new Map();
  #wanted = new Set();
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
    const user = this.#users.get(userId);
    if (!user && userId) {
      this.#wanted.add(userId);
      this.#timer ??= setTimeout(() => this.#ask(), GATHER_MS);
    }
    return user;
  }

  /** A nickname to show, or "…" until it is known. */
  name(userId) {
    return this.get(userId)?.nickname ?? "…";
  }

  /** Takes users, or members, that came with an answer. */
  add(users) {
    if (this.#users.size + users.length > PEOPLE_MAX) {
      this.#users.clear();
    }
    const news = users.filter((user) => this.#users.get(user.userId)?.nickname !== user.nickname);
    users.forEach((user) =>
      this.#users.set(user.userId, { ...this.#users.get(user.userId), ...user }),
    );
    if (news.length > 0) {
      this.emit("change");
    }
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#wanted.size > 0) {
      const userIds = [...this.#wanted].slice(0, BATCH_MAX);
      try {
        const { users } = await this.#connection.request("user.get", { userIds });
        userIds.forEach((userId) => this.#wanted.delete(userId));
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
