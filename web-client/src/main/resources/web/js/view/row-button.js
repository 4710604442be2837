import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * A line of a panel that leads somewhere, or does something.
 *
 * @param note what stands at its end: a number, a state
 * @param kind a further class: `warning` for what cannot be undone
 */
export function rowButton(name, words, { note, onclick, testid, kind = "" }) {
  return el(
    "button",
    { type: "button", class: `row-button ${kind}`, onclick, testid },
    icon(name),
    el("span", { class: "row-words" }, words),
    note && el("span", { class: "row-note" }, note),
  );
}
