import { el } from "./dom.js";
import { icon } from "./icons.js";

const MARGIN_PX = 8;

/**
 * A menu at a button, for the keyboard too: arrows move, Escape and a click elsewhere close it.
 *
 * @param items `[icon, words, action]`, or false for none
 */
export function openMenu(button, items) {
  const close = (back) => {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", beside, true);
    if (back) {
      button.focus();
    }
  };
  const beside = ({ target }) => menu.contains(target) || close(false);
  const options = items.filter(Boolean).map(([name, words, action]) =>
    el(
      "button",
      {
        type: "button",
        role: "menuitem",
        testid: `menu-${name}`,
        onclick: () => {
          close(true);
          action();
        },
      },
      icon(name),
      words,
    ),
  );
  const menu = el("div", { class: "menu", role: "menu", testid: "menu" }, ...options);
  menu.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close(true);
    } else if (event.key in steps) {
      event.preventDefault();
      const at = options.indexOf(document.activeElement) + steps[event.key];
      options.at(at % options.length).focus();
    }
  });
  document.body.append(menu);
  button.setAttribute("aria-expanded", "true");
  beneath(button, menu);
  addEventListener("pointerdown", beside, true);
  options[0]?.focus();
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
