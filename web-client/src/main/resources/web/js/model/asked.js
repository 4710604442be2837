import { Emitter } from "../emitter.js";

/** Groups remembered at most; the one asked first is forgotten. */
const ASKED_MAX = 50;

/**
 * The groups that this user asked to join and that have not let them in yet: `{groupId, name,
 * askedAt}`. Only this browser knows them: the server tells those who decide, and lets in or does not.
 * Emits `change`, and `accepted` with one of them.
 */
export class Asked extends Emitter {
  #storage;
  #key = null;
  #groups = [];

  constructor(conversations, storage) {
    super();
    this.#storage = storage;
    conversations.on("change", () => this.#look(conversations));
  }

  /** Takes up what this user asked for. */
  load(userId) {
    this.#key = `hongbao.asked.${userId}`;
    this.#groups = this.#storage.get(this.#key) ?? [];
  }

  unload() {
    this.#key = null;
    this.#groups = [];
  }

  get list() {
    return this.#groups;
  }

  get(groupId) {
    return this.#groups.find((each) => each.groupId === groupId);
  }

  add({ groupId, name }) {
    const others = this.#groups.filter((each) => each.groupId !== groupId);
    this.#set([...others, { groupId, name, askedAt: Date.now() }].slice(-ASKED_MAX));
  }

  forget(groupId) {
    this.#set(this.#groups.filter((each) => each.groupId !== groupId));
  }

  #look(conversations) {
    const accepted = this.#groups.filter(({ groupId }) => conversations.get(groupId));
    accepted.forEach((group) => {
      this.forget(group.groupId);
      this.emit("accepted", group);
    });
  }

  #set(groups) {
    this.#groups = groups;
    if (groups.length === 0) {
      this.#storage.remove(this.#key);
    } else {
      this.#storage.set(this.#key, groups);
    }
    this.emit("change");
  }
}
