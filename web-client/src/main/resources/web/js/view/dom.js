import { icon } from "./icons.js";

/**
 * Makes an element. Text is only ever set as text: nothing here, or in any view, parses HTML.
 *
 * @param attributes `testid` is the name that tests know it by; `on…` are listeners; `true` is an
 *     attribute without a value; `false`, `null` and `undefined` leave it out
 * @param children elements, texts, or nothing
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value != null) {
      element.setAttribute(name === "testid" ? "data-testid" : name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** A round button that shows an icon and is called `label`. */
export function iconButton(name, label, attributes) {
  const type = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return el("button", { ...type, ...attributes }, icon(name));
}

/** Gives an element exactly these children, touching only what differs. */
export function setChildren(parent, children) {
  children.forEach((child, at) => {
    if (parent.childNodes[at] !== child) {
      parent.insertBefore(child, parent.childNodes[at] ?? null);
    }
  });
  while (parent.childNodes.length > children.length) {
    parent.lastChild.remove();
  }
}

/** Elements by key, made anew only when what they show has changed. */
export class Keyed {
  #made = new Map();

  /** @param rows `{key, shows, make}`: `shows` is a text that differs whenever the element would */
  elements(rows) {
    const kept = new Map();
    for (const { key, shows, make } of rows) {
      const before = this.#made.get(key);
      kept.set(key, before?.shows === shows ? before : { shows, element: make() });
    }
    this.#made = kept;
    return [...kept.values()].map(({ element }) => element);
  }

  get(key) {
    return this.#made.get(key)?.element;
  }
}

/** Runs an action soon, once for any number of calls: before the next frame, or, unseen, in a while. */
export function coalesced(action) {
  let due = false;
  const run = () => {
    if (due) {
      due = false;
      action();
    }
  };
  return () => {
    if (!due) {
      due = true;
      requestAnimationFrame(run);
      setTimeout(run, 150); // a page in the background gets no frames
    }
  };
}
