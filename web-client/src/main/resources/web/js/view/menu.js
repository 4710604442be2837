import { el } from "./dom.js";
import { icon } from "./icons.js";

const MARGIN_PX = 8;

/**
 * A menu at a button, for the keyboard too: arrows move, Escape and a click elsewhere close it.
 *
 * @param items `[icon, words, action]`, or false for none
 * @param choices one line of texts to choose from above the items: `{texts, label, pick}`
 */
export function openMenu(button, items, choices) {
  const close = (back) => {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", beside, true);
    if (back) {
      button.focus();
    }
  };
  const beside = ({ target }) => menu.contains(target) || close(false);
  const option = (attributes, action, ...children) =>
    el(
      "button",
      {
        type: "button",
        role: "menuitem",
        ...attributes,
        onclick: () => {
          close(true);
          action();
        },
      },
      ...children,
    );
  const lines = items
    .filter(Boolean)
    .map(([name, words, action]) => [
      option({ testid: `menu-${name}` }, action, icon(name), words),
    ]);
  if (choices) {
    lines.unshift(
      choices.texts.map((text) =>
        option(
          { testid: "menu-choice", "aria-label": `${choices.label} ${text}` },
          () => choices.pick(text),
          text,
        ),
      ),
    );
  }
  const menu = el(
    "div",
    { class: "menu", role: "menu", testid: "menu" },
    ...lines.map((line) => (line.length > 1 ? el("div", { class: "menu-line" }, ...line) : line)),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key in STEPS) {
      event.preventDefault();
      event.stopPropagation();
      step(lines, STEPS[event.key]).focus();
    }
  });
  document.body.append(menu);
  button.setAttribute("aria-expanded", "true");
  beneath(button, menu);
  addEventListener("pointerdown", beside, true);
  lines[0]?.[0].focus();
}

const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** The option that many lines down and options to the right of the one in focus. */
function step(lines, [down, right]) {
  const at = Math.max(
    0,
    lines.findIndex((line) => line.includes(document.activeElement)),
  );
  const line = lines.at((at + down) % lines.length);
  const place = lines[at].indexOf(document.activeElement);
  return line.at((Math.min(Math.max(0, place), line.length - 1) + right) % line.length);
}

/** Puts the menu under the button, or above it, and within the window. */
function beneath(button, menu) {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height + MARGIN_PX < innerHeight;
  const left = Math.min(Math.max(MARGIN_PX, at.right - width), innerWidth - width - MARGIN_PX);
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? at.bottom : Math.max(MARGIN_PX, at.top - height)}px`;
}
