import { el } from "./dom.js";
import { explain } from "./problems.js";

/** A labelled input. */
export function field(label, attributes, hint) {
  return labelled(label, el("input", { type: "text", autocomplete: "off", ...attributes }), hint);
}

/** A labelled text of several lines. */
export function textArea(label, { value = "", ...attributes }, hint) {
  return labelled(label, el("textarea", { rows: "3", ...attributes }, value), hint);
}

/** A labelled choice of one; `options` are `[value, words]`. */
export function choice(label, { value, ...attributes }, options, hint) {
  const all = options.map(([each, words]) =>
    el("option", { value: each, selected: String(each) === String(value) }, words),
  );
  return labelled(label, el("select", attributes, ...all), hint);
}

function labelled(label, control, hint) {
  return el(
    "label",
    { class: "field" },
    el("span", { class: "field-label" }, label),
    control,
    hint && el("span", { class: "hint" }, hint),
  );
}

/**
 * A form whose button rests while it is being carried out, and which says what went wrong.
 *
 * @param submit gets the values by name; its promise decides
 * @param words what error codes mean here
 */
export function form({ testid, fields, action, actionTestid, submit, words }) {
  const problem = el("p", { class: "problem", role: "alert", testid: "problem" });
  const button = el("button", { type: "submit", class: "button", testid: actionTestid }, action);
  const element = el("form", { class: "stack", testid }, ...fields, problem, button);
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await submit(Object.fromEntries(new FormData(element)));
    } catch (error) {
      problem.textContent = explain(error, words);
    } finally {
      button.disabled = false;
    }
  });
  return element;
}

/** A read-only text with a button that copies it. */
export function copyField(label, text, testid) {
  const input = el("input", {
    type: "text",
    readonly: true,
    value: text,
    "aria-label": label,
    testid,
  });
  const button = el(
    "button",
    { type: "button", class: "button quiet", testid: `${testid}-copy` },
    "Copy",
  );
  input.addEventListener("focus", () => input.select());
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text, input)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = "Copy"), 2_000);
  });
  return el("div", { class: "copy-field" }, input, button);
}

/** False where the browser does not let the page copy; the text is then selected. */
export async function copy(text, input) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    input?.select(); // pages on plain http have no clipboard
    return document.execCommand("copy");
  }
}
