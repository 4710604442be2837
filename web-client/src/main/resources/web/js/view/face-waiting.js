import { countdown } from "../text/durations.js";
import { avatar } from "./avatar.js";
import { el, Keyed, setChildren } from "./dom.js";
import { ticking } from "./ticking.js";

/** The last of the time is said in another colour. */
const SOON_OVER_MS = 30_000;

/** The room of a code: who waits, how long yet, and the way into the group. */
export function faceWaiting(client, { onconfirm, again }) {
  const { faceRoom } = client;
  const clock = el("span", { class: "countdown", role: "timer", testid: "face-countdown" });
  const words = el("p", { class: "face-words", "aria-live": "polite", testid: "face-words" });
  const people = el("ul", { class: "faces", testid: "face-people" });
  const keyed = new Keyed();
  const confirm = el(
    "button",
    { type: "button", class: "button wide", testid: "face-confirm", onclick: onconfirm },
    "",
  );
  const back = el(
    "button",
    { type: "button", class: "button quiet wide", testid: "face-again", onclick: again },
    "",
  );
  const node = el(
    "div",
    { class: "stack", tabindex: "-1", "aria-label": "Waiting for the others" },
    el(
      "div",
      { class: "face-head" },
      el(
        "span",
        {
          class: "face-room",
          "aria-label": `Code ${[...faceRoom.code].join(" ")}`,
          testid: "face-room",
        },
        faceRoom.code,
      ),
      clock,
    ),
    words,
    people,
    confirm,
    back,
  );

  const tick = () => {
    clock.textContent = countdown(faceRoom.leftMs);
    clock.classList.toggle("problem", faceRoom.leftMs < SOON_OVER_MS);
  };
  const render = () => {
    const { state, waiting, groupId } = faceRoom;
    const over = state === "over";
    tick();
    words.textContent = wordsOf(faceRoom);
    setChildren(people, keyed.elements(over ? [] : waiting.map((user) => face(client, user))));
    confirm.hidden = over;
    confirm.disabled = state === "confirming";
    confirm.textContent = groupId ? "Join the group" : "Make the group";
    back.textContent = over ? "Enter a code again" : "Another code";
  };
  return { node, render, focus: () => node.focus(), dispose: ticking(tick) };
}

function wordsOf({ state, waiting, groupId }) {
  if (state === "over") {
    return "The three minutes are over.";
  }
  if (groupId) {
    return "The group is made. Go in!";
  }
  return waiting.length < 2
    ? "Waiting for the others to enter the same digits…"
    : `${waiting.length} people are here. When all are, one of you makes the group.`;
}

function face(client, { userId, nickname, avatarUrl }) {
  const you = userId === client.me;
  const make = () =>
    el(
      "li",
      { class: "face-person" },
      avatar(userId, nickname, { url: avatarUrl }),
      el("span", { testid: "face-person" }, you ? `${nickname} (you)` : nickname),
    );
  return { key: userId, shows: JSON.stringify([nickname, avatarUrl]), make };
}
