import { timeLeft } from "./durations.js";
import { money } from "./money.js";

/** What stands on a packet whose sender wrote nothing. */
const GREETING = "Best wishes!";

export const KINDS = {
  lucky: "Lucky red packet",
  identical: "Identical red packet",
  exclusive: "Red packet for one",
};

/** What stands on the packet. */
export const greetingOf = ({ greeting }) => greeting || GREETING;

/**
 * What an envelope in a chat says of itself.
 *
 * @param state of Packets
 * @param known `{packet, mine?}`, or undefined
 * @param me the reader
 */
export function envelopeWords(state, known, nameOf, me) {
  const { packet, mine } = known ?? {};
  if (!packet) {
    return "";
  }
  if (state === "opened") {
    return `You got ${money(mine.amountFen)}`;
  }
  if (state === "expired") {
    return "Expired";
  }
  const { recipientId, senderId, openedCount, count } = packet;
  if (recipientId && recipientId !== me) {
    const name = nameOf(recipientId);
    return openedCount === 1 ? `Opened by ${name}` : `For ${name}`;
  }
  if (senderId === me) {
    return openedSentence({ openedCount, count });
  }
  return { open: "Open it", grabbed: "Yours to open", gone: "All gone" }[state];
}

/** "99 of 100 opened" */
function openedSentence({ openedCount, count }) {
  return `${openedCount} of ${count} opened`;
}

/** How a packet stands, for its details: what was opened of it and what becomes of the rest. */
export function standing(packet, now, nameOf, me) {
  const { totalFen, openedFen, status, openedCount, count, senderId, expiresAt } = packet;
  if (openedCount === count) {
    return [`${openedSentence(packet)}, ${money(totalFen)} in all`];
  }
  const opened = `${openedSentence(packet)}, ${money(openedFen)} of ${money(totalFen)}`;
  const rest = money(totalFen - openedFen);
  const sender = senderId === me ? "you" : nameOf(senderId);
  if (status === "refunded") {
    return [opened, `${rest} went back to ${sender}`];
  }
  if (status === "expired" || expiresAt <= now) {
    return [opened, `Expired: ${rest} goes back to ${sender}`];
  }
  return [opened, `What is left goes back to ${sender} in ${timeLeft(expiresAt - now)}`];
}

/** What a line of the wallet is about. */
export const ENTRIES = {
  topup: "Top-up",
  redpacket_sent: "Red packet sent",
  redpacket_received: "Red packet opened",
  redpacket_refund: "Red packet returned",
};
