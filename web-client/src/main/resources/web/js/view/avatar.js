import { el } from "./dom.js";

const HUES = 8;
const graphemes = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;

/** The first character of a name on a colour of the id's own. */
export function avatar(id, name, more = "") {
  const hue =
    [...String(id ?? "")].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 9973, 7) % HUES;
  return el("span", { class: `avatar hue-${hue} ${more}`, "aria-hidden": "true" }, firstOf(name));
}

function firstOf(name) {
  const first = graphemes
    ? graphemes.segment(name)[Symbol.iterator]().next().value?.segment
    : [...name][0];
  return (first ?? "").toUpperCase();
}
