import { Emitter } from "../emitter.js";
import { amended, amends } from "./amendments.js";
import { readPages } from "./pages.js";
import { regrouped } from "./regroup.js";
import { counts, unreadText, Unread } from "./unread.js";

/** Conversations held at most; a page of the list beyond that is not asked for. */
const CONVERSATIONS_MAX = 2_000;

/** About this long after an event that leaves something open the list is read; jittered. */
const REFRESH_MS = 1_000;

/**
 * The user's conversations: the server's list, kept up to date by live events.
 *
 * Every event is counted once, by its `seq`; what events cannot tell (a hole, an unknown group, a
 * recall of an entry that was counted by the server) is read anew with the list. Emits `change`,
 * `removed` with `{groupId, name}` of a group that was lost, and `missed` with the id of a group of
 * which events are gone, though the session goes on: what is made of them has to be read anew.
 */
export class Conversations extends Emitter {
  #request;
  #me;
  #byGroup = new Map();
  #loaded = false;
  #order = 0;
  /** What came while the list is being read; its answer may be older. */
  #sinceAsked = null;
  #refreshing = null;
  #timer = null;

  /** @param me gives the id of the user whose conversations these are */
  constructor(connection, me) {
    super();
    this.#me = me;
    this.#request = (op, data) => connection.request(op, data);
    connection.on("open", () => this.#refreshAfresh());
    connection.on("event:message", (message) => this.apply(message));
    connection.on("event:resync", ({ groupId }) => this.#missed(groupId));
    connection.on("event:conversation", (event) => this.take(event));
    connection.on("event:read", ({ groupId, readSeq, unread }) =>
      this.read(groupId, readSeq, unread),
    );
  }

  get loaded() {
    return this.#loaded;
  }

  get(groupId) {
    return this.#byGroup.get(groupId);
  }

  /** Pinned ones first, then by newest activity. */
  list() {
    return [...this.#byGroup.values()].sort(
      (a, b) => Number(b.pinned) - Number(a.pinned) || b.order - a.order,
    );
  }

  /** Unread entries of all conversations that may disturb. */
  get totalUnread() {
    return [...this.#byGroup.values()]
      .filter(({ doNotDisturb }) => !doNotDisturb)
      .reduce((sum, { unread }) => sum + unread, 0);
  }

  /** Reads the whole list; resolves once it is in place. */
  refresh() {
    this.#refreshing ??= this.#readList().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** Resolves once that conversation, which was just made or joined, is known. */
  async expect(groupId) {
    for (let tries = 0; tries < 3 && !this.#byGroup.has(groupId); tries++) {
      await this.refresh();
    }
  }

  refreshSoon() {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#tryRefresh();
      },
      REFRESH_MS * (0.5 + Math.random()),
    );
  }

  clear() {
    this.#byGroup.clear();
    this.#loaded = false;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.emit("change");
  }

  /** Takes a live entry of any group. */
  apply(message) {
    this.#sinceAsked?.push(() => this.apply(message));
    const conversation = this.#byGroup.get(message.groupId);
    if (!conversation) {
      this.refreshSoon();
    } else if (message.seq > conversation.lastSeq) {
      if (message.seq > conversation.lastSeq + 1) {
        this.#missed(message.groupId);
      }
      this.#extend(conversation, message);
      this.emit("change");
    }
  }

  /** Takes a read mark of this user's, from here or another device. */
  read(groupId, readSeq, unread) {
    this.#sinceAsked?.push(() => this.read(groupId, readSeq, unread));
    const conversation = this.#byGroup.get(groupId);
    if (conversation) {
      if (!conversation.counter.read(readSeq, unread)) {
        this.refreshSoon();
      }
      this.#count(conversation);
      this.emit("change");
    }
  }

  /** Takes over what the server says of one conversation, or that it is gone. */
  take({ conversation, groupId, removed }) {
    this.#sinceAsked?.push(() => this.take({ conversation, groupId, removed }));
    if (removed) {
      this.#remove(groupId);
    } else {
      const held = this.#byGroup.get(conversation.group.groupId);
      if (held && held.lastSeq > conversation.lastSeq) {
        this.refreshSoon(); // older than what came live
        return;
      }
      this.#put(conversation, held?.order ?? ++this.#order);
    }
    this.emit("change");
  }

  /** A list that is being read may fail with the last session, or be from before what was lost with it. */
  #refreshAfresh() {
    if (this.#refreshing) {
      this.#refreshing.catch(() => {}).then(() => this.#tryRefresh());
    } else {
      this.#tryRefresh();
    }
  }

  /** Again in a while where it fails in passing; after a lost connection the next one does it. */
  #tryRefresh() {
    this.refresh().catch(
      (error) => error.passing && error.code !== "disconnected" && this.refreshSoon(),
    );
  }

  #missed(groupId) {
    this.refreshSoon();
    this.emit("missed", groupId);
  }

  async #readList() {
    this.#sinceAsked = [];
    const before = this.#loaded ? [...this.#byGroup.keys()] : [];
    try {
      const { items: found, hasMore } = await this.#readPages();
      const events = this.#sinceAsked;
      this.#sinceAsked = null;
      if (!hasMore) {
        this.#removeMissing(before, found);
      }
      this.#byGroup.clear();
      this.#order += found.length;
      found.forEach((conversation, place) => this.#put(conversation, this.#order - place));
      this.#loaded = true;
      events.forEach((again) => again());
      this.emit("change");
    } finally {
      this.#sinceAsked = null;
    }
  }

  #readPages() {
    const ask = (page) => this.#request("conversation.list", page);
    return readPages(ask, "conversations", CONVERSATIONS_MAX);
  }

  /** Those that were held but are not in the list: lost while no events came. */
  #removeMissing(before, found) {
    const there = new Set(found.map(({ group }) => group.groupId));
    before.filter((groupId) => !there.has(groupId)).forEach((groupId) => this.#remove(groupId));
  }

  #remove(groupId) {
    const held = this.#byGroup.get(groupId);
    if (this.#byGroup.delete(groupId)) {
      this.emit("removed", { groupId, name: held.group.name });
    }
  }

  #put(conversation, order) {
    const counter = new Unread(conversation, this.#me());
    this.#byGroup.set(conversation.group.groupId, { ...conversation, counter, order });
  }

  #extend(conversation, message) {
    conversation.lastSeq = message.seq;
    conversation.order = ++this.#order;
    conversation.counter.add(message);
    if (amends(message)) {
      this.#amend(conversation, message);
    } else if (counts(message)) {
      conversation.lastMessage = message;
    } else {
      const changed = regrouped(conversation, message, this.#me());
      if (changed) {
        Object.assign(conversation, changed);
      } else {
        this.refreshSoon();
      }
    }
    this.#count(conversation);
  }

  /** What an entry that changes an earlier one changes about the conversation. */
  #amend(conversation, message) {
    const { counter, lastMessage } = conversation;
    if (!counter.amend(message)) {
      this.refreshSoon();
    }
    if (lastMessage?.seq === message.content.seq && message.type !== "reaction") {
      conversation.lastMessage =
        message.type === "recall" ? message : amended(lastMessage, message, this.#me());
    }
  }

  #count(conversation) {
    conversation.unread = conversation.counter.count;
    conversation.unreadText = unreadText(conversation.unread);
    conversation.mentioned = conversation.counter.mentioned;
    conversation.readSeq = conversation.counter.readSeq;
  }
}
