import { kindOf } from "../model/media-kinds.js";
import { sizeText } from "../text/sizes.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { notify } from "./notices.js";

/** Files that are sent at once. */
const FILES_MAX = 20;

/** Over the message field: the files that go with the next message. */
export class Attachments {
  node = el("ul", {
    class: "attachments",
    "aria-label": "Files to send",
    hidden: true,
    testid: "attachments",
  });
  #client;
  #onchange;
  #files = [];

  constructor(client, onchange) {
    this.#client = client;
    this.#onchange = onchange;
  }

  get files() {
    return this.#files;
  }

  set files(files) {
    this.#files = files;
    this.node.hidden = files.length === 0;
    this.node.replaceChildren(...files.map((file) => this.#line(file)));
    this.#onchange();
  }

  /** Takes files that were chosen, pasted or dropped; says which it does not take, and why. */
  add(files) {
    const { fileBytes } = this.#client.limits;
    const fit = [...files].filter(({ name, size }) => {
      if (size > fileBytes) {
        notify(`“${name}” is too large: files may have up to ${sizeText(fileBytes)}.`);
      } else if (size === 0) {
        notify(`“${name}” is empty.`);
      }
      return size > 0 && size <= fileBytes;
    });
    const all = [...this.#files, ...fit];
    if (all.length > FILES_MAX) {
      notify(`${FILES_MAX} files can be sent at once.`);
    }
    this.files = all.slice(0, FILES_MAX);
  }

  #line(file) {
    const { name, size } = file;
    const isPicture = kindOf(file, this.#client.limits) === "image";
    return el(
      "li",
      { class: "attachment", testid: "attachment", title: name },
      isPicture
        ? el("img", { src: this.#client.media.localUrl(file), alt: "" })
        : el("span", { class: "attachment-sign" }, icon("file")),
      el(
        "span",
        { class: "file-words" },
        el("span", { class: "file-name", dir: "auto" }, name),
        el("span", { class: "hint" }, sizeText(size)),
      ),
      iconButton("close", `Do not send ${name}`, {
        class: "icon-button small",
        testid: "remove-attachment",
        onclick: () => (this.files = this.#files.filter((each) => each !== file)),
      }),
    );
  }
}
