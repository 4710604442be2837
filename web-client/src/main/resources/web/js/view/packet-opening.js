import { Opening } from "../model/opening.js";
import { money } from "../text/money.js";
import { greetingOf } from "../text/packets.js";
import { faceOf } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { openPacketDetails } from "./packet-details.js";
import { explain } from "./problems.js";

/** How long the seal turns at least: nobody sees an answer of ten milliseconds. */
const TURN_MS = 800;

const WORDS = {
  not_recipient: "This red packet is for somebody else.",
  group_dissolved: "The group was dissolved: nobody can take a share any more.",
};

const SAID = {
  grabbing: "",
  crowded: "Many want it. One moment…",
  grabbed: "",
  opening: "",
  gone: "Better luck next time: all gone",
  expired: "This red packet has expired",
};

/** A click on an envelope: to be opened while there may be something in it, else looked at. */
export function openPacket(client, message) {
  const { packetId } = message.content;
  const { packet } = client.packets.get(packetId) ?? {};
  const state = client.packets.stateOf(packetId);
  const forAnother = packet?.recipientId && packet.recipientId !== client.me;
  const ownAndOver = packet?.senderId === client.me && ["gone", "expired"].includes(state);
  if (state === "opened" || forAnother || ownAndOver) {
    openPacketDetails(client, packetId);
  } else {
    showEnvelope(client, message);
  }
}

/** The large envelope: a place is taken at once, its seal opens it, and the flap gives way to the amount. */
function showEnvelope(client, { content, senderId, seq }) {
  const name = client.members.name(senderId);
  const opening = new Opening(client.connection, client.packets, content.packetId);
  const { card, status, seal, details } = largeEnvelope(client, senderId, name, content);
  let close;
  let turnsUntil = 0;
  seal.addEventListener("click", () => {
    const moves = matchMedia("(prefers-reduced-motion: no-preference)").matches;
    turnsUntil = moves ? Date.now() + TURN_MS : 0;
    opening.open();
  });
  details.addEventListener("click", () => {
    close();
    openPacketDetails(client, content.packetId);
  });

  const render = () => {
    const { state, amountFen, error } = opening;
    const turnsMs = turnsUntil - Date.now();
    if (state === "opened" && turnsMs > 0) {
      setTimeout(render, turnsMs);
      return;
    }
    card.dataset.state = state;
    seal.hidden = !["grabbing", "crowded", "grabbed", "opening"].includes(state);
    seal.disabled = state !== "grabbed";
    details.hidden = !["opened", "gone", "expired"].includes(state);
    status.replaceChildren(
      ...(state === "opened"
        ? [amountGot(amountFen)]
        : [state === "refused" ? explain(error, WORDS) : SAID[state]]),
    );
    const next = state === "grabbed" ? seal : details;
    if (!next.hidden && card.isConnected) {
      next.focus();
    }
  };
  opening.on("change", render);
  openDialog({
    title: `Red packet from ${name}`,
    kind: "packet-dialog",
    testid: "packet-dialog",
    body: (closeDialog) => {
      close = closeDialog;
      return card;
    },
    onclose: () => {
      opening.close();
      backTo(seq);
    },
  });
  render();
}

/** Its parts: what is on the flap, what is told, the seal, and the way to the details. */
function largeEnvelope(client, senderId, name, content) {
  const status = el("p", { class: "packet-status", role: "status", testid: "packet-status" });
  const seal = el(
    "button",
    { type: "button", class: "seal", "aria-label": "Open", testid: "packet-open" },
    el("span", { "aria-hidden": "true", lang: "zh" }, "開"),
  );
  const details = el(
    "button",
    { type: "button", class: "packet-more", testid: "packet-more" },
    "See who got what",
  );
  const flap = el(
    "div",
    { class: "packet-flap" },
    el(
      "p",
      { class: "packet-from" },
      faceOf(client, senderId, name),
      el("span", {}, `From ${name}`),
    ),
    el("p", { class: "packet-greeting", dir: "auto" }, greetingOf(content)),
  );
  return {
    card: el("div", { class: "packet-card" }, flap, status, seal, details),
    status,
    seal,
    details,
  };
}

/** The envelope was drawn anew meanwhile: whoever uses the keyboard goes on from there. */
function backTo(seq) {
  if (document.activeElement === document.body) {
    document.querySelector(`.message[data-seq="${seq}"] .envelope`)?.focus();
  }
}

function amountGot(fen) {
  return el(
    "span",
    { class: "packet-got" },
    el("span", {}, "You got "),
    el("strong", { class: "packet-amount", testid: "packet-amount" }, money(fen)),
    el("span", {}, "It is in your wallet."),
  );
}
