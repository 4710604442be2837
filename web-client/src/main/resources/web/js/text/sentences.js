/** How many people a sentence names; of more it says how many there are. */
const NAMED_MAX = 3;

const SENTENCES = {
  group_created: ({ actor }) => `${actor} created the group`,
  members_joined: ({ actor, targets, content: { actorId, targetIds } }) =>
    targetIds?.some((id) => id !== actorId)
      ? `${actor} invited ${targets}`
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
  group_updated: ({ actor, content: { name, announcement } }) =>
    name
      ? `${actor} renamed the group to “${name}”`
      : announcement
        ? `${actor} announced: ${announcement}`
        : `${actor} changed the group’s settings`,
  member_muted: ({ actor, targets, content: { untilAt } }) =>
    untilAt === 0 ? `${actor} lifted the mute of ${targets}` : `${actor} muted ${targets}`,
  group_dissolved: ({ actor }) => `${actor} dissolved the group`,
  redpacket_finished: ({ actor }) => `The red packet of ${actor} is all opened`,
};

/**
 * A `system` entry as a sentence: "Ann invited Bob".
 *
 * @param nameOf gives the name of a user id
 * @param me the reader, who is called "you"
 */
export function sentenceOf({ content }, nameOf, me) {
  const actor = content.actorId === me ? "You" : nameOf(content.actorId);
  const targetIds = (content.targetIds ?? []).filter((id) => id !== content.actorId);
  const targets = listed(targetIds, nameOf, me);
  const sentence =
    SENTENCES[content.kind] ?? (({ actor }) => `${actor} changed something in the group`);
  return sentence({ actor, targets, content });
}

/** What stands in the place of a recalled entry. */
export function recallSentence(message, recalledBy, nameOf, me) {
  const by = recalledBy ?? message.senderId;
  const who = by === me ? "You" : nameOf(by);
  if (by === message.senderId) {
    return `${who} took back a message`;
  }
  return `${who} took back a message of ${message.senderId === me ? "yours" : nameOf(message.senderId)}`;
}

/** "Ann and Bob are typing…" */
export function typingSentence(userIds, nameOf) {
  if (userIds.length === 0) {
    return "";
  }
  return `${listed(userIds, nameOf)} ${userIds.length === 1 ? "is" : "are"} typing…`;
}

function listed(userIds, nameOf, me) {
  const names = userIds.slice(0, NAMED_MAX).map((id) => (id === me ? "you" : nameOf(id)));
  const more = userIds.length - names.length;
  if (more > 0) {
    names.push(more === 1 ? "one other" : `${more} others`);
  }
  const last = names.pop() ?? "nobody";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
