import { el } from "./dom.js";

const PATIENCE_MS = 10_000;

const WHY_NOT = {
  1: "Your browser was not allowed to say where you are. It works without it, too.",
  2: "Your position is not to be found just now. It works without it, too.",
  3: "Finding your position took too long. It works without it, too.",
};

/**
 * Offers to say where one is. The browser asks only when the switch is turned on, and everything works
 * without it; `place` is a promise of `{latitude, longitude}`, or of null while it is off, which
 * rejects where the position is not to be found.
 */
export function positionSwitch() {
  const possible = Boolean(globalThis.isSecureContext && navigator.geolocation);
  const input = el("input", { type: "checkbox", role: "switch", testid: "use-position" });
  const hint = el(
    "p",
    { class: "hint", role: "status", testid: "position-hint" },
    "Keeps you apart from others who chose the same digits somewhere else. You meet only who has it on as well, within 50 metres.",
  );
  const self = {
    place: Promise.resolve(null),
    node: el(
      "div",
      { class: "position", hidden: !possible },
      el("label", { class: "switch" }, el("span", {}, "Use my position"), input),
      hint,
    ),
  };
  const nobody = () => {};
  let waiting = nobody; // takes the place that is being looked for

  const off = (words) => {
    waiting(null);
    waiting = nobody;
    self.place = Promise.resolve(null);
    input.checked = false;
    hint.textContent = words;
  };
  const locate = (resolve, reject) => {
    waiting = resolve;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        if (waiting === resolve) {
          hint.textContent = "You meet people within 50 metres who have this on as well.";
        }
        resolve({ latitude, longitude });
      },
      ({ code }) => {
        const words = WHY_NOT[code] ?? WHY_NOT[2];
        reject(new Error(words));
        if (waiting === resolve) {
          off(words);
        }
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
    );
  };
  input.addEventListener("change", () => {
    if (input.checked) {
      hint.textContent = "Looking where you are…";
      self.place = new Promise(locate);
      self.place.catch(() => {}); // whoever waits for it is told, and nobody may
    } else {
      off("Without a position you meet everybody who enters these digits without one.");
    }
  });
  return self;
}
