import { amends } from "../model/amendments.js";
import { counts } from "../model/unread.js";
import { dayOf } from "../text/times.js";

/** Messages of one sender closer together than this stand under one name. */
export const TOGETHER_MS = 5 * 60_000;

/**
 * What a chat shows from top to bottom: rows `{key, kind, …}` of the kinds `day` (`at`), `divider`
 * (the first unread entry follows), `message` (`message`, `first`: it stands under a name) and
 * `pending` (`item` of the outbox, `first`).
 *
 * @param entries of the log, ascending
 * @param pending outbox items that no entry stands for yet
 * @param readSeq the divider comes before the first entry after it that counts as unread; null for none
 */
export function rowsOf({ entries, pending, readSeq, me }) {
  const rows = [];
  let before = null;
  let divided = readSeq === null;
  const day = (at) => {
    if (!before || dayOf(before.sentAt) !== dayOf(at)) {
      rows.push({ key: `day ${dayOf(at)}`, kind: "day", at });
      before = null;
    }
  };
  for (const message of entries.filter((each) => !amends(each))) {
    day(message.sentAt);
    if (!divided && message.seq > readSeq && counts(message) && message.senderId !== me) {
      rows.push({ key: "divider", kind: "divider" });
      divided = true;
      before = null;
    }
    rows.push({ key: message.seq, kind: "message", message, first: !continues(before, message) });
    before = message;
  }
  for (const item of pending) {
    const echo = { senderId: me, sentAt: item.createdAt, type: item.type };
    day(Math.max(echo.sentAt, before?.sentAt ?? 0));
    rows.push({
      key: item.clientMessageId,
      kind: "pending",
      item,
      first: !continues(before, echo),
    });
    before = echo;
  }
  return rows;
}

function continues(before, message) {
  return (
    before !== null &&
    before.senderId === message.senderId &&
    !before.recalledAt &&
    before.type !== "system" &&
    message.sentAt - before.sentAt < TOGETHER_MS
  );
}
