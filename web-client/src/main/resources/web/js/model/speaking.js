import { Emitter } from "../emitter.js";
import { may } from "./roles.js";
import { counts } from "./unread.js";

const TICK_MS = 1_000;

/**
 * Whether somebody may write in a group just now: `{may: true, waitMs, slowModeMs}`, where slow mode
 * may ask for a wait (both 0 where it asks nothing of them), or `{may: false, untilAt?}`, with the end
 * of a mute, or without where only owner and admins post.
 *
 * @param member `{role, mutedUntilAt, lastPostAt}`, times 0 for never
 */
export function speechOf({ role, mutedUntilAt = 0, lastPostAt = 0 }, rules, now) {
  if (role !== "owner" && mutedUntilAt > now) {
    return { may: false, untilAt: mutedUntilAt };
  }
  const atWill = may(role, "postAtWill");
  if (rules?.postPolicy === "admins" && !atWill) {
    return { may: false };
  }
  const slowModeMs = (!atWill && rules?.slowModeMs) || 0;
  const waitMs = Math.min(slowModeMs, Math.max(0, lastPostAt + slowModeMs - now)); // clocks differ
  return { may: true, waitMs, slowModeMs };
}

/**
 * Whether the user may write in the group that is looked at. Emits `change` when that changes, and
 * each second while somebody waits.
 */
export class Speaking extends Emitter {
  #client;
  #groupId = null;
  #mutedUntil = new Map();
  #shown = "";
  #timer = null;

  /** @param client whose parts are there by the time a group is shown */
  constructor(client) {
    super();
    this.#client = client;
    const { connection, conversations, members, outbox } = client;
    connection.on("event:unmuted", ({ groupId }) => this.#setMute(groupId, 0));
    connection.on("event:message", (message) => this.#heard(message));
    members.on("change", () => this.#readOwn());
    conversations.on("change", () => this.#look());
    outbox.on("change", () => this.#look());
    outbox.on("refused", ({ groupId, error }) => {
      if (error.code === "muted" && error.untilAt) {
        this.#setMute(groupId, error.untilAt);
      }
    });
  }

  /** Turns to another group, or to none. */
  show(groupId) {
    this.#groupId = groupId;
    this.#look();
  }

  clear() {
    this.#mutedUntil.clear();
    this.show(null);
  }

  get groupId() {
    return this.#groupId;
  }

  get state() {
    const conversation = this.#client.conversations.get(this.#groupId);
    if (!conversation) {
      return { may: true, waitMs: 0, slowModeMs: 0 };
    }
    const member = {
      role: conversation.role,
      mutedUntilAt: this.#mutedUntil.get(this.#groupId),
      lastPostAt: this.#lastPostAt(),
    };
    return speechOf(member, conversation.group.rules, this.#client.serverNow);
  }

  #heard({ groupId, type, content }) {
    const { me } = this.#client;
    if (type !== "system" || !content.targetIds?.includes(me)) {
      return;
    }
    if (content.kind === "member_muted") {
      this.#setMute(groupId, content.untilAt);
    } else if (content.kind === "owner_changed") {
      this.#setMute(groupId, 0);
    }
  }

  #readOwn() {
    const { members, me } = this.#client;
    const own = members.get(me);
    if (own) {
      this.#setMute(members.groupId, own.mutedUntilAt ?? 0);
    }
  }

  #setMute(groupId, untilAt) {
    this.#mutedUntil.set(groupId, untilAt);
    this.#look();
  }

  /** When the user last posted here, as far as the page knows. */
  #lastPostAt() {
    const { logs, outbox, me } = this.#client;
    const own = logs
      .get(this.#groupId)
      ?.window.entries.findLast((entry) => entry.senderId === me && counts(entry));
    const sent = outbox.of(this.#groupId).map(({ sentAt }) => sentAt ?? 0);
    return Math.max(own?.sentAt ?? 0, ...sent);
  }

  #look() {
    clearTimeout(this.#timer);
    const state = this.state;
    if (this.#groupId && (!state.may || state.waitMs > 0)) {
      this.#timer = setTimeout(() => this.#look(), TICK_MS);
    }
    const shown = JSON.stringify([this.#groupId, state]);
    if (shown !== this.#shown || !state.may) {
      this.#shown = shown;
      this.emit("change");
    }
  }
}
