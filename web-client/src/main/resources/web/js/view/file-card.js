import { sizeText } from "../text/sizes.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { download } from "./medium.js";

/** A file in a chat: its name and size; a press downloads it. */
export function fileCard({ content }, client) {
  const { mediaId, name, bytes } = content;
  const size = bytes === undefined ? "" : sizeText(bytes);
  const parts = [
    icon("file"),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name", dir: "auto", testid: "file-name" }, name),
      el("span", { class: "hint", testid: "file-size" }, size),
    ),
  ];
  if (!mediaId) {
    return el("div", { class: "file-card", testid: "file" }, ...parts);
  }
  return el(
    "button",
    {
      type: "button",
      class: "file-card",
      "aria-label": `Download ${name}, ${size}`,
      testid: "file",
      onclick: () => download(client, content),
    },
    ...parts,
    icon("download"),
  );
}
