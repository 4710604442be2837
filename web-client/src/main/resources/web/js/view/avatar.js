import { el } from "./dom.js";

const HUES = 8;
const graphemes = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;

/** A picture, or else the first character of a name on a colour of the id's own. */
export function avatar(id, name, more = "", url) {
  const hue =
    [...String(id ?? "")].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 9973, 7) % HUES;
  const shown = url ? el("img", { src: url, alt: "", loading: "lazy" }) : firstOf(name);
  return el("span", { class: `avatar hue-${hue} ${more}`, "aria-hidden": "true" }, shown);
}

function firstOf(name) {
  const first = graphemes
    ? graphemes.segment(name)[Symbol.iterator]().next().value?.segment
    : [...name][0];
  return (first ?? "").toUpperCase();
}
