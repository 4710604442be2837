import { el } from "./dom.js";

const SHOWN_MS = 6_000;
const NOTICES_MAX = 3;

const region = el("div", {
  class: "notices",
  role: "status",
  "aria-live": "polite",
  popover: "manual",
  testid: "notices",
});

/** Where notices appear; part of the page once. */
export const noticeRegion = region;

/** Tells the person something for a few seconds; a click sends it away. */
export function notify(text) {
  const notice = el("button", { type: "button", class: "notice", testid: "notice" }, text);
  notice.addEventListener("click", () => notice.remove());
  region.append(notice);
  while (region.childElementCount > NOTICES_MAX) {
    region.firstChild.remove();
  }
  raise();
  setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Above everything, a dialog that was opened meanwhile included. */
function raise() {
  if (region.showPopover) {
    region.hidePopover();
    region.showPopover();
  }
}
