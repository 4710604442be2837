import { el } from "./dom.js";

const HUES = 8;
const graphemes = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;

/**
 * A picture, or else the first character of a name on a colour of the id's own.
 *
 * @param onlost is called where the picture is not to be had any more
 */
export function avatar(id, name, { kind = "", url, onlost = () => {} } = {}) {
  const hue =
    [...String(id ?? "")].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 9973, 7) % HUES;
  const node = el("span", { class: `avatar hue-${hue} ${kind}`, "aria-hidden": "true" });
  const picture = el("img", { src: url, alt: "", loading: "lazy", testid: "avatar-picture" });
  picture.addEventListener("error", () => {
    node.replaceChildren(firstOf(name));
    onlost();
  });
  node.append(url ? picture : firstOf(name));
  return node;
}

/** Somebody, as far as they are known. */
export function faceOf({ people }, userId, name = people.name(userId)) {
  const url = people.get(userId)?.avatarUrl;
  return avatar(userId, name, { url, onlost: () => people.renew(userId) });
}

export function groupAvatar({ groupId, name, avatarUrl: url }, more = "") {
  return avatar(groupId, name, { kind: `of-group ${more}`, url });
}

function firstOf(name) {
  const first = graphemes
    ? graphemes.segment(name)[Symbol.iterator]().next().value?.segment
    : [...name][0];
  return (first ?? "").toUpperCase();
}
