import { Emitter } from "../emitter.js";

/** Departures remembered at most; beyond, all are forgotten. */
const DEPARTURES_MAX = 100;

/**
 * Why groups are no longer among the user's conversations: `{groupId, name, why, by?}`, where `why` is
 * `left` (here), `dissolved` (`by` somebody), `removed` (or left on another device: the server does not
 * say) or `unknown` (it could not be asked). Emits `gone` with it.
 */
export class Departures extends Emitter {
  #connection;
  #gone = new Map();
  #leaving = new Set();
  #dissolvedBy = new Map();

  constructor(connection, conversations) {
    super();
    this.#connection = connection;
    connection.on("event:message", ({ groupId, content }) => {
      if (content.kind === "group_dissolved") {
        this.#dissolvedBy.set(groupId, content.actorId);
      }
    });
    conversations.on("removed", ({ groupId, name }) => this.#explain(groupId, name));
    conversations.on("change", () => this.#look(conversations));
  }

  get(groupId) {
    return this.#gone.get(groupId);
  }

  /** This user leaves that group of their own will, just now. */
  leaving(groupId) {
    this.#leaving.add(groupId);
  }

  /** It came to nothing. */
  staying(groupId) {
    this.#leaving.delete(groupId);
  }

  async #explain(groupId, name) {
    const departure = { groupId, name, ...(await this.#why(groupId)) };
    if (this.#gone.size === DEPARTURES_MAX) {
      this.#gone.clear();
    }
    this.#gone.set(groupId, departure);
    this.#leaving.delete(groupId);
    this.#dissolvedBy.delete(groupId);
    this.emit("gone", departure);
  }

  async #why(groupId) {
    if (this.#dissolvedBy.has(groupId)) {
      return { why: "dissolved", by: this.#dissolvedBy.get(groupId) };
    }
    if (this.#leaving.has(groupId)) {
      return { why: "left" };
    }
    try {
      const page = await this.#connection.request("message.history", { groupId, limit: 1 });
      const last = page.messages.at(-1); // only who was a member of a dissolved group may still read it
      return last?.content.kind === "group_dissolved"
        ? { why: "dissolved", by: last.content.actorId }
        : { why: "removed" };
    } catch (error) {
      return { why: error.passing ? "unknown" : "removed" };
    }
  }

  /** Whoever is back has not gone. */
  #look(conversations) {
    [...this.#gone.keys()]
      .filter((groupId) => conversations.get(groupId))
      .forEach((groupId) => this.#gone.delete(groupId));
  }
}
