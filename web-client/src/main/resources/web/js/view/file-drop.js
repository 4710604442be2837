import { el } from "./dom.js";

/**
 * Lets files be dropped on an element.
 *
 * @param may whether they are taken just now
 * @param ondrop gets them
 */
export function fileDrop(node, { may, ondrop }) {
  const hint = el(
    "div",
    { class: "drop-hint", "aria-hidden": "true", testid: "drop-hint" },
    el("p", {}, "Drop the files to send them here"),
  );
  let inside = 0; // elements that the pointer has come into and not left yet

  const away = () => {
    inside = 0;
    hint.remove();
  };
  const on = (event, action) =>
    node.addEventListener(event, (drag) => carriesFiles(drag) && may() && action(drag));
  on("dragenter", () => {
    if (inside++ === 0) {
      node.append(hint);
    }
  });
  on("dragleave", () => --inside <= 0 && away());
  on("drop", ({ dataTransfer }) => {
    away();
    ondrop(dataTransfer.files);
  });
}

/** A file that is dropped beside it must not be opened in the page's place. */
export function refuseStrayFiles() {
  ["dragover", "drop"].forEach((event) =>
    addEventListener(event, (drag) => carriesFiles(drag) && drag.preventDefault()),
  );
}

function carriesFiles({ dataTransfer }) {
  return dataTransfer?.types.includes("Files") ?? false;
}
