import { el } from "./dom.js";

/** A connection that is back sooner than this is not worth a word. */
const PATIENCE_MS = 700;

const REPLACED = 4504;
const DISABLED = 4503;

/** Says when the page is not connected, and offers what can be done about it. */
export function banner({ connection }) {
  const words = el("span", {});
  const button = el("button", { type: "button", class: "link", testid: "connection-action" });
  const node = el(
    "div",
    { class: "banner", role: "status", hidden: true, testid: "connection-banner" },
    words,
    button,
  );
  let timer = null;
  let wasOpen = false;
  let act = () => {};
  button.addEventListener("click", () => act());

  const show = (text, action, onaction) => {
    words.textContent = text;
    button.textContent = action;
    act = onaction;
    node.hidden = false;
  };

  connection.on("state", (state) => {
    clearTimeout(timer);
    if (state === "open") {
      node.hidden = true;
      wasOpen = true;
    } else if (state !== "ended") {
      timer = setTimeout(
        () => show(wasOpen ? "Reconnecting…" : "Connecting…", "Try now", () => connection.probe()),
        node.hidden ? PATIENCE_MS : 0,
      );
    }
  });
  connection.on("ended", ({ code, reason }) => {
    clearTimeout(timer);
    if (code === REPLACED) {
      show("You are connected somewhere else with this page.", "Use it here", () =>
        connection.start(),
      );
    } else if (code === DISABLED) {
      show("This account is disabled.", "", () => {});
    } else {
      show(
        `The server has ended the connection${reason ? `: ${reason}` : ""}.`,
        "Connect again",
        () => connection.start(),
      );
    }
  });
  return node;
}
