import { recallSentence, sentenceOf } from "../text/sentences.js";
import { clockTime, dayName, wholeTime } from "../text/times.js";
import { faceOf } from "./avatar.js";
import { contentOf } from "./content.js";
import { el, iconButton } from "./dom.js";
import { envelopeLook } from "./envelope.js";
import { openPacketDetails } from "./packet-details.js";
import { pendingRow } from "./pending-row.js";
import { quote, quoteOf } from "./quote.js";
import { reactionBar } from "./reactions.js";

/** A row of rows.js as `{key, shows, make}` for Keyed. */
export function messageRow(row, context) {
  return { key: row.key, ...ROWS[row.kind](row, context) };
}

const ROWS = {
  day: ({ at }, { client }) => {
    const name = dayName(at, client.serverNow);
    return {
      shows: name,
      make: () => el("div", { class: "day", testid: "day" }, el("span", {}, name)),
    };
  },

  divider: () => ({
    shows: "",
    make: () =>
      el("div", { class: "divider", testid: "new-messages" }, el("span", {}, "New messages")),
  }),

  message: (row, context) => (isSaying(row.message) ? bubble(row, context) : remark(row, context)),

  pending: pendingRow,
};

const isSaying = (message) => message.type !== "system" && !message.recalledAt;

/** An entry that is a remark in the middle: something happened, or was taken back. */
function remark({ message }, { client, log, jumpTo }) {
  const nameOf = (userId) => client.members.name(userId);
  const { packetId } = message.content;
  const packet = packetId && client.packets.get(packetId)?.packet;
  const words =
    message.type === "system"
      ? sentenceOf(message, nameOf, client.me, packet)
      : recallSentence(message, log.window.recallOf(message.seq)?.by, nameOf, client.me);
  const testid = message.recalledAt ? "recalled" : "system";
  const go = message.type === "system" && wayOf(message.content, client, jumpTo);
  return {
    shows: words,
    make: () =>
      el(
        "p",
        { class: "remark", testid, "data-seq": message.seq, title: wholeTime(message.sentAt) },
        go ? el("button", { type: "button", class: "plain", onclick: go }, words) : words,
      ),
  };
}

/** Where a remark leads: to the entry, or the red packet, that it is about. */
function wayOf({ seq, packetId }, client, jumpTo) {
  if (packetId) {
    return () => openPacketDetails(client, packetId);
  }
  return seq && (() => jumpTo(seq));
}

/** Somebody says something. */
function bubble({ message, first }, context) {
  const { client, openMenu, jumpTo } = context;
  const mine = message.senderId === client.me;
  const name = client.members.name(message.senderId);
  const names = (message.mentions ?? []).flatMap((id) => namesOf(id, client));
  const mentionsMe =
    !mine && (message.mentions ?? []).some((id) => id === client.me || id === "all");
  const quoted = quoteOf(message, context);
  const look = message.type === "redpacket" && envelopeLook(client, message);
  const picture = !mine && first && client.people.get(message.senderId)?.avatarUrl;
  const { editedAt, reactions } = message;
  return {
    shows: JSON.stringify([name, first, quoted, names, editedAt, reactions, look, picture]),
    make: () =>
      el(
        "article",
        {
          class: `message ${mine ? "mine" : ""} ${first ? "first" : ""} ${mentionsMe ? "to-me" : ""}`,
          testid: "message",
          tabindex: "-1",
          "data-seq": message.seq,
          "aria-label": mine ? "You" : name,
        },
        !mine && first && faceOf(client, message.senderId, name),
        !mine && first && el("div", { class: "sender", testid: "sender" }, name),
        el(
          "div",
          { class: "bubble" },
          quoted && quote(quoted, () => jumpTo(message.replyToSeq)),
          contentOf(message, names, client),
          timeOf(message),
        ),
        iconButton("more", "What to do with this message", {
          class: "icon-button message-more",
          "aria-haspopup": "menu",
          tabindex: "-1",
          testid: "message-menu",
          onclick: ({ currentTarget }) => openMenu(message, currentTarget),
        }),
        message.reactions?.length > 0 && reactionBar(client, message),
      ),
  };
}

function timeOf({ sentAt, editedAt }) {
  const edited = editedAt ? `, edited ${wholeTime(editedAt)}` : "";
  return el(
    "time",
    { datetime: new Date(sentAt).toISOString(), title: wholeTime(sentAt) + edited },
    editedAt && el("span", { testid: "edited" }, "edited"),
    clockTime(sentAt),
  );
}

function namesOf(id, { members, people }) {
  return id === "all"
    ? ["all", "everyone"]
    : [members.get(id)?.groupNickname, people.get(id)?.nickname].filter(Boolean);
}
