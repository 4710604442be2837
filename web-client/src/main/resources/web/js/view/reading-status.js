import { el } from "./dom.js";
import { explain } from "./problems.js";

/**
 * What is said of a list that is read: that it is being read, could not be, or has nothing in it.
 *
 * @param reading a GroupReading, or PagedItems
 * @param none what is said where there is nothing, or a function that gives it
 */
export function readingStatus(reading, none) {
  const node = el("p", { class: "hint", role: "status", testid: "reading-status" });
  const render = (isEmpty) => {
    node.textContent = wordsOf(reading, isEmpty ? none : "");
    node.hidden = !node.textContent;
  };
  return { node, render };
}

function wordsOf({ loaded, problem }, otherwise) {
  if (problem) {
    return explain(problem);
  }
  if (!loaded) {
    return "Asking…";
  }
  return typeof otherwise === "function" ? otherwise() : otherwise;
}
