/** Types of entries that change an earlier one and are no row of their own. */
const AMENDING = new Set(["recall", "edit", "reaction"]);

/** Whether an entry changes an earlier one: the one whose `seq` its content names. */
export function amends({ type }) {
  return AMENDING.has(type);
}

/**
 * An entry as it is after an amendment.
 *
 * @param me the reader, whose own reactions are `mine`
 */
export function amended(message, { type, senderId, sentAt, content, mentions }, me) {
  if (message.recalledAt) {
    return message;
  }
  switch (type) {
    case "recall":
      return { ...message, content: {}, recalledAt: sentAt, reactions: undefined };
    case "edit":
      if (content.text === undefined) {
        return message; // taken back since; that is told by an entry of its own
      }
      return { ...message, content: { text: content.text }, mentions, editedAt: sentAt };
    case "reaction":
      return { ...message, reactions: counted(message.reactions, content, senderId === me) };
    default:
      return message;
  }
}

/** Reactions `[{emoji, count, mine?}]` with one more or less, in the order in which they came. */
function counted(reactions = [], { emoji, added }, mine) {
  const before = reactions.find((each) => each.emoji === emoji) ?? { emoji, count: 0 };
  const after = {
    emoji,
    count: before.count + (added ? 1 : -1),
    mine: mine ? added : before.mine,
  };
  const others = reactions.includes(before)
    ? reactions.map((each) => (each === before ? after : each))
    : [...reactions, after];
  return others.filter(({ count }) => count > 0);
}
