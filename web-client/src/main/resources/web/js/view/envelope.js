import { envelopeWords, greetingOf, KINDS } from "../text/packets.js";
import { el } from "./dom.js";
import { openPacket } from "./packet-opening.js";

/** Nothing more is to be had from these. */
const USED = ["opened", "gone", "expired"];

/** What an envelope shows just now: `{state, words}`. */
export function envelopeLook(client, { content }) {
  const { packets, members, me } = client;
  const known = packets.get(content.packetId);
  const state = packets.stateOf(content.packetId);
  return { state, words: envelopeWords(state, known, (userId) => members.name(userId), me) };
}

/** A red packet in a chat. */
export function envelope(client, message) {
  const { state, words } = envelopeLook(client, message);
  const greeting = greetingOf(message.content);
  const kind = KINDS[message.content.kind];
  return el(
    "button",
    {
      type: "button",
      class: `envelope ${USED.includes(state) ? "used" : ""}`,
      "aria-label": [kind, greeting, words].filter(Boolean).join(": "),
      "data-state": state,
      testid: "envelope",
      onclick: () => openPacket(client, message),
    },
    el(
      "span",
      { class: "envelope-face" },
      el("span", { class: "envelope-sign", "aria-hidden": "true" }),
      el(
        "span",
        { class: "envelope-words" },
        el("span", { class: "envelope-greeting", dir: "auto" }, greeting),
        el("span", { class: "envelope-state", testid: "envelope-state" }, words),
      ),
    ),
    el("span", { class: "envelope-foot" }, kind),
  );
}
