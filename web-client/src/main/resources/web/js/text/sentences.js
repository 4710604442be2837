import { duration, isForGood } from "./durations.js";
import { settingsChanged } from "./settings.js";

/** How many people a sentence names; of more it says how many there are. */
const NAMED_MAX = 3;

const SENTENCES = {
  group_created: ({ actor }) => `${actor} created the group`,
  members_joined: ({ actor, targets, content: { actorId, targetIds } }) =>
    targetIds?.some((id) => id !== actorId)
      ? `${actor} added ${targets}`
      : `${actor} joined the group`,
  member_left: ({ actor }) => `${actor} left the group`,
  members_removed: ({ actor, targets }) => `${actor} removed ${targets}`,
  role_changed: ({ actor, targets, content: { role } }) =>
    role === "admin"
      ? `${actor} made ${targets} an admin`
      : role === "member"
        ? `${actor} took back the admin role of ${targets}`
        : `${actor} changed the role of ${targets}`,
  owner_changed: ({ actor, targets }) => `${actor} handed the group over to ${targets}`,
  group_updated: ({ actor, content }) =>
    `${actor} ${settingsChanged(content).join("; ") || "changed the group’s settings"}`,
  member_muted: ({ actor, targets, content: { untilAt }, sentAt }) =>
    untilAt === 0
      ? `${actor} lifted the mute of ${targets}`
      : `${actor} muted ${targets}${howLong(untilAt, sentAt)}`,
  message_pinned: ({ actor }) => `${actor} pinned a message`,
  message_unpinned: ({ actor }) => `${actor} unpinned a message`,
  group_dissolved: ({ actor }) => `${actor} dissolved the group`,
  redpacket_finished: ({ actor, content: { actorId, bestUserId }, packet, nameOf }) => {
    const whose = !packet
      ? "a red packet"
      : packet.senderId !== actorId
        ? `the red packet from ${nameOf(packet.senderId)}`
        : `${actor === "You" ? "your" : "their"} own red packet`;
    const luck = packet?.kind === "lucky" && packet.count > 1 && bestUserId;
    return packet?.count === 1
      ? `${actor} opened ${whose}`
      : `${actor} opened the last share of ${whose}${luck ? `. Best luck: ${nameOf(bestUserId)}` : ""}`;
  },
};

/**
 * A `system` entry as a sentence: "Ann removed Bob".
 *
 * @param nameOf gives the name of a user id
 * @param me the reader, who is called "you"
 * @param packet what the entry is about, where it is one and is known
 */
export function sentenceOf({ content, sentAt }, nameOf, me, packet) {
  const actor = content.actorId === me ? "You" : nameOf(content.actorId);
  const targetIds = (content.targetIds ?? []).filter((id) => id !== content.actorId);
  const targets = listed(targetIds, nameOf, me);
  const sentence =
    SENTENCES[content.kind] ?? (({ actor }) => `${actor} changed something in the group`);
  const named = (userId) => listed([userId], nameOf, me);
  return sentence({ actor, targets, content, sentAt, packet, nameOf: named });
}

/** " for 10 minutes", or nothing where it is for good. */
function howLong(untilAt, sentAt) {
  const ms = Math.round((untilAt - sentAt) / 1_000) * 1_000; // clocks differ a little
  return isForGood(untilAt) || !(ms > 0) ? "" : ` for ${duration(nearly(ms))}`;
}

/** Somebody chose whole minutes; what the way to the server took is not worth saying. */
function nearly(ms) {
  const minutes = Math.round(ms / 60_000) * 60_000;
  return minutes > 0 && Math.abs(ms - minutes) <= 5_000 ? minutes : ms;
}

/**
 * What stands in the place of a recalled entry.
 *
 * @param recalledBy who took it back, where that is known
 */
export function recallSentence({ senderId }, recalledBy, nameOf, me) {
  const whose = senderId === me ? "yours" : nameOf(senderId);
  if (!recalledBy) {
    return `A message of ${whose} was taken back`;
  }
  const who = recalledBy === me ? "You" : nameOf(recalledBy);
  return `${who} took back a message${recalledBy === senderId ? "" : ` of ${whose}`}`;
}

/** "Ann and Bob are typing…" */
export function typingSentence(userIds, nameOf) {
  if (userIds.length === 0) {
    return "";
  }
  return `${listed(userIds, nameOf)} ${userIds.length === 1 ? "is" : "are"} typing…`;
}

/** "1 member", "12 members" */
export function membersText(count) {
  return count === 1 ? "1 member" : `${count} members`;
}

/** "Ann", "Ann and Bob", "Ann, Bob and 2 others"; the reader is "you". */
export function listed(userIds, nameOf, me) {
  const names = userIds.slice(0, NAMED_MAX).map((id) => (id === me ? "you" : nameOf(id)));
  const more = userIds.length - names.length;
  if (more > 0) {
    names.push(more === 1 ? "one other" : `${more} others`);
  }
  return inARow(names) || "nobody";
}

/** "a", "a and b", "a, b and c" */
function inARow(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
