import { el } from "./dom.js";
import { explain } from "./problems.js";

/**
 * What is said of a list that is read of a group: that it is being read, could not be, or has nothing
 * in it.
 *
 * @param reading the GroupReading
 * @param none what is said where there is nothing
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
  return loaded ? otherwise : "Asking…";
}
