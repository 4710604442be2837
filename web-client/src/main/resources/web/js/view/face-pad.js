import { el } from "./dom.js";
import { icon } from "./icons.js";

const DIGITS = 4;

/**
 * Four digits by touch or keyboard. The last one enters.
 *
 * @param below stands under the keys
 */
export function facePad({ onenter, isBusy, below }) {
  let code = "";
  const places = Array.from({ length: DIGITS }, () => el("span", { class: "digit" }));
  const display = el(
    "div",
    { class: "digits", role: "img", "aria-label": "No digit yet", testid: "face-code" },
    ...places,
  );

  const show = () => {
    places.forEach((place, at) => (place.textContent = code[at] ?? ""));
    display.setAttribute("aria-label", code ? `Entered: ${[...code].join(" ")}` : "No digit yet");
    node.classList.toggle("busy", isBusy());
  };
  const type = (digit) => {
    if (code.length === DIGITS || isBusy()) {
      return;
    }
    code += digit;
    show();
    if (code.length === DIGITS) {
      onenter(code);
    }
  };
  const erase = () => {
    if (!isBusy()) {
      code = code.slice(0, -1);
      show();
    }
  };
  const key = (digit) =>
    el(
      "button",
      { type: "button", class: "key", testid: `key-${digit}`, onclick: () => type(digit) },
      digit,
    );
  const keys = el(
    "div",
    { class: "keys", role: "group", "aria-label": "Digits" },
    ..."123456789".split("").map(key),
    el("span", {}),
    key("0"),
    el(
      "button",
      {
        type: "button",
        class: "key",
        "aria-label": "Erase the last digit",
        testid: "key-erase",
        onclick: erase,
      },
      icon("erase"),
    ),
  );
  const node = el(
    "div",
    { class: "stack", tabindex: "-1", "aria-label": "Enter four digits", testid: "face-pad" },
    el(
      "p",
      { class: "face-words" },
      "Agree on four digits with the people around you, and let everybody enter them.",
    ),
    display,
    keys,
    below,
  );
  node.addEventListener("keydown", (event) => {
    if (/^[0-9]$/u.test(event.key)) {
      event.preventDefault();
      type(event.key);
    } else if (event.key === "Backspace") {
      event.preventDefault();
      erase();
    }
  });
  return {
    node,
    focus: () => node.focus(),
    render: show,
    failed: () => {
      code = "";
      show();
      node.focus();
    },
  };
}
