import { Refused } from "./groups.js";

/** What is done to entries that are there: editing, reacting, pinning. */
export const ENTRY_OPS = {
  "message.edit": ({ world }, { userId }, { groupId, seq, content, mentions }) => {
    const group = world.group(groupId, userId);
    const entry = group.log[seq - 1];
    const silence = world.silence(group, userId);
    if (silence || entry.senderId !== userId) {
      throw silence ?? new Refused("forbidden");
    }
    const edit = world.append(group, userId, {
      type: "edit",
      content: { seq, text: content.text },
      mentions: mentions ?? entry.mentions,
    });
    Object.assign(entry, { content, mentions: edit.mentions, editedAt: edit.sentAt });
    return { seq: edit.seq, editedAt: edit.sentAt };
  },

  "message.react": ({ world }, { userId }, { groupId, seq, emoji, remove = false }) => {
    const group = world.group(groupId, userId);
    const entry = group.log[seq - 1];
    const users = ((entry.reactedBy ??= {})[emoji] ??= []);
    if (users.includes(userId) === remove) {
      entry.reactedBy[emoji] = remove ? users.filter((id) => id !== userId) : [...users, userId];
      world.append(group, userId, { type: "reaction", content: { seq, emoji, added: !remove } });
    }
    return {};
  },

  "message.pin": ({ world }, { userId }, { groupId, seq }) => {
    const group = world.managed(groupId, userId);
    (group.pins ??= []).unshift({ seq, userId, pinnedAt: Date.now() });
    world.system(group, userId, "message_pinned", { seq });
    return {};
  },

  "message.unpin": ({ world }, { userId }, { groupId, seq }) => {
    const group = world.managed(groupId, userId);
    group.pins = group.pins.filter((pin) => pin.seq !== seq);
    world.system(group, userId, "message_unpinned", { seq });
    return {};
  },

  "message.pinned": ({ world }, { userId }, { groupId }) => {
    const { pins = [], log } = world.group(groupId, userId);
    const shown = pins.filter(({ seq }) => !log[seq - 1].recalledAt);
    return {
      pinned: shown.map(({ seq, ...pin }) => ({ message: shownTo(userId, log[seq - 1]), ...pin })),
    };
  },
};

/** An entry with its reactions, as its reader sees it. */
export function shownTo(userId, { reactedBy = {}, ...entry }) {
  const reactions = Object.entries(reactedBy)
    .filter(([, users]) => users.length > 0)
    .map(([emoji, users]) => ({
      emoji,
      count: users.length,
      mine: users.includes(userId) || undefined,
    }));
  return reactions.length > 0 && !entry.recalledAt ? { ...entry, reactions } : entry;
}
